namespace Expansion.Engine.Contacts;

/// <summary>Addresses that get no mail from a shop any more. Kept by a hash of the address, so that it outlives the contact without being one.</summary>
public interface IMailSuppressionStore
{
    Task<MailSuppression?> FindAsync(ShopId shop, MailAddressHash address, CancellationToken cancellationToken);

    /// <summary>Can be repeated; the first reason stays.</summary>
    Task AddAsync(ShopId shop, MailAddressHash address, MailSuppression suppression, CancellationToken cancellationToken);

    /// <summary>For an address that was put here by mistake. Can be repeated.</summary>
    Task RemoveAsync(ShopId shop, MailAddressHash address, CancellationToken cancellationToken);
}

public enum MailSuppressionReason
{
    Unsubscribed,

    /// <summary>There is no such mailbox.</summary>
    Bounced,

    /// <summary>The reader called it spam.</summary>
    Complained,
}

public sealed record MailSuppression(MailSuppressionReason Reason, DateTimeOffset At);

/// <summary>SHA-256 of the lower-case address in hex.</summary>
public readonly record struct MailAddressHash(string Value)
{
    public static MailAddressHash Of(string address) =>
        new(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant()))));
}
