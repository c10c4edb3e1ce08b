namespace Expansion.Connectors.Shopify.Admin;

/// <summary>Worth another try.</summary>
/// <param name="retryAfter">When the shop says; null where it doesn't.</param>
public sealed class ShopifyUnavailableException(string message, TimeSpan? retryAfter, Exception? inner = null) : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>Of no use to try again before somebody has changed something; the message says what.</summary>
public sealed class ShopifyRefusedException(string message) : Exception(message);
