using System.Net.Http.Headers;

namespace Expansion.Connectors.Webhooks;

public static class RetryAfter
{
    /// <summary>How long the answer asks to wait; null when it doesn't say.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.RetryAfter is { Delta: { } delta } ? delta : headers.RetryAfter is { Date: { } date } && date > now ? date - now : null;
}
