using System.Globalization;
using Expansion.LocalHost.Azurite;
using Xunit;

namespace Expansion.Testing;

/// <summary>
/// One Azurite in memory for all tests of a process; each test takes an account of its own, since the names of tables and queues are the app's.
/// Once per test project: [assembly: AssemblyFixture(typeof(AzuriteFixture))].
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly AzuriteAccount[] Accounts =
        [.. Enumerable.Range(1, 1000).Select(number => new AzuriteAccount(string.Create(CultureInfo.InvariantCulture, $"test{number}"), "dGVzdA=="))];

    private AzuriteProcess? _azurite;
    private int _taken;

    public async ValueTask InitializeAsync() => _azurite = await AzuriteProcess.StartAsync(new() { Accounts = Accounts });

    /// <summary>The connection string of an empty account that nobody else has.</summary>
    public string NewAccount()
    {
        var azurite = _azurite ?? throw new InvalidOperationException("Azurite has not been started.");
        return azurite.ConnectionString(Accounts[Interlocked.Increment(ref _taken) - 1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
