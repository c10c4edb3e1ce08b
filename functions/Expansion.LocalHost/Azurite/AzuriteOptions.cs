namespace Expansion.LocalHost.Azurite;

/// <summary>The three ports of one Azurite, on 127.0.0.1. 0 takes a free one.</summary>
public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    public static AzuritePorts Free { get; } = new(0, 0, 0);

    /// <summary>What UseDevelopmentStorage=true means.</summary>
    public static AzuritePorts Default { get; } = new(10000, 10001, 10002);

    public IEnumerable<int> All => [Blob, Queue, Table];
}

/// <summary>A name and its key, in base64. Accounts share nothing: a test that has its own is alone.</summary>
public sealed record AzuriteAccount(string Name, string Key)
{
    /// <summary>The emulator's well-known account. The key is public and no secret.</summary>
    public static AzuriteAccount Development { get; } =
        new("devstoreaccount1", "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");
}

public sealed record AzuriteOptions
{
    public AzuritePorts Ports { get; init; } = AzuritePorts.Free;

    /// <summary>The folder that keeps the state. Null: the state is in memory, and gone at the stop.</summary>
    public string? Location { get; init; }

    /// <summary>The accounts that exist. Their names and keys travel in one environment variable, of which Windows takes 32,767 characters.</summary>
    public IReadOnlyList<AzuriteAccount> Accounts { get; init; } = [AzuriteAccount.Development];
}
