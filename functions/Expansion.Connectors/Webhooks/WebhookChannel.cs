using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Expansion.Engine.Outbox;
using Expansion.Engine.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Webhooks;

/// <summary>
/// Sends events to the endpoints by Standard Webhooks: the item's id is the webhook-id and stays the same, each try is signed afresh with every secret.
/// Of an answer only the status and Retry-After are read.
/// </summary>
internal sealed partial class WebhookChannel(
    IOptionsMonitor<WebhookOptions> options, IWebhookEndpointStore endpoints, GuardedSockets sockets, TimeProvider time, ILogger<WebhookChannel> logger) : IOutboxChannel, IDisposable
{
    public const string Name = "webhook";

    private readonly HttpClient _public = new(sockets.Handler(guarded: true)) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly HttpClient _private = new(sockets.Handler(guarded: false)) { Timeout = Timeout.InfiniteTimeSpan };

    public string Carrier => Name;

    public bool IsRepeatable => true;

    /// <summary>The example of the specification: about three days and a quarter.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; } =
        [.. new[] { 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400 }.Select(seconds => TimeSpan.FromSeconds(seconds))];

    public async Task<DeliveryResult> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        if (settings.Endpoint(item.Shop, item.Destination) is not { } endpoint)
        {
            return new Refused($"There is no endpoint '{item.Destination}' any more; add it to the settings and redeliver.");
        }

        if (await endpoints.FindAsync(item.Shop, endpoint.Id, cancellationToken) is { } disabled)
        {
            return new Refused($"The endpoint is off: {disabled.Reason}");
        }

        using var request = Request(endpoint, item);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.Timeout);
        try
        {
            using var response = await (endpoint.Private ? _private : _public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await ResultAsync(item, response, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Failed($"No answer within {settings.Timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException exception)
        {
            // The exception's own text may hold the address.
            return new Failed($"No connection: {exception.HttpRequestError}.");
        }
    }

    /// <summary>An endpoint that hasn't taken an event for days is switched off, and its owner told.</summary>
    public async Task GivenUpAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        if (item.Attempts > Retries.Count)
        {
            await DisableAsync(item, "it has not taken an event for three days", cancellationToken);
        }
    }

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    private HttpRequestMessage Request(WebhookEndpoint endpoint, OutboxItem item)
    {
        var body = Encoding.UTF8.GetBytes(item.Body);
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("expansion/1.0");
        request.Headers.Add(WebhookSignature.IdHeader, item.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Header(endpoint.Secrets.Select(WebhookSecret.Parse), item.Id, seconds, body));
        if (endpoint.Authorization is { Length: > 0 } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return request;
    }

    private async Task<DeliveryResult> ResultAsync(OutboxItem item, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = $"It answered {(int)response.StatusCode}.";
        if (response.IsSuccessStatusCode)
        {
            return new Delivered(status);
        }

        if (response.StatusCode == HttpStatusCode.Gone)
        {
            await DisableAsync(item, "it answered 410, which means it wants no more events", cancellationToken);
            return new Refused(status);
        }

        return new Failed(status, RetryAfter.Of(response.Headers, time.GetUtcNow()));
    }

    private async Task DisableAsync(OutboxItem item, string reason, CancellationToken cancellationToken)
    {
        await endpoints.DisableAsync(item.Shop, item.Destination, new(time.GetUtcNow(), $"{reason}. Switch it on again with POST /api/webhooks/endpoints/{item.Destination}/enable."), cancellationToken);
        LogDisabled(item.Destination, item.Shop, reason);
    }

    [LoggerMessage(LogLevel.Warning, "Webhook endpoint {Endpoint} of {Shop} is off: {Reason}")]
    private partial void LogDisabled(string endpoint, Engine.ShopId shop, string reason);
}
