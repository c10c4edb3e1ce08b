using System.Text.Json;
using Expansion.Connectors;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Webhooks;

/// <summary>Takes events that a product signed by Standard Webhooks, one or a list: verify, drop what is known, hand over, answer. The signature is the authorization.</summary>
public sealed partial class ReceiveSignedEvents(
    IOptionsMonitor<WebhookOptions> options, IDeliveryStore deliveries, EventIntake intake, TimeProvider time, ILogger<ReceiveSignedEvents> logger)
{
    public const int MaxEvents = 500;

    /// <summary>A sender's last retry comes this much later.</summary>
    private const int RetryDays = 3;

    [Function(nameof(ReceiveSignedEvents))]
    [Answers<EventReceipt>(StatusCodes.Status202Accepted)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "events/from/{source}")] HttpRequest request, string source, CancellationToken cancellationToken)
    {
        var (settings, now) = (options.CurrentValue, time.GetUtcNow());
        var known = settings.Sources.FirstOrDefault(candidate => candidate.Id == source);
        if (await request.ReadBodyAsync(settings.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return Problems.TooLarge($"The body may have at most {settings.MaxBodyBytes} bytes.");
        }

        // A source that isn't known is refused when and as a wrong signature is.
        if (WebhookSignature.Verify(request.Headers, body.Span, [.. (known?.Secrets ?? []).Select(WebhookSecret.Parse)], now) is not { } delivery || known is null)
        {
            LogRefusal(source);
            return Problems.Unauthorized("webhook-signature must be the signature of this body by Standard Webhooks with the source's secret, and webhook-timestamp within 5 minutes of now.");
        }

        if (!request.HasJsonContentType())
        {
            return Results.Problem("Send application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Unsupported media type");
        }

        var shop = ShopId.From(known.Shop);
        if (await IsKnownAsync(shop, $"{source}:{delivery.Id}", now, cancellationToken))
        {
            return Results.Accepted(value: new EventReceipt(0, 1, []));
        }

        var (events, rejected) = Read(body, delivery.Id);
        if (events.Count == 0 && rejected.Count > 0)
        {
            return Results.Json(new EventReceipt(0, 0, rejected), ExpansionJson.Options, statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        await intake.TakeAsync(shop, events, cancellationToken);
        await deliveries.RecordAsync(shop, Day(now), $"{source}:{delivery.Id}", cancellationToken);
        LogReceipt(source, delivery.Id, shop, events.Count, rejected.Count);
        return Results.Accepted(value: new EventReceipt(events.Count, 0, rejected));
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>A retry has a time of its own, so the days before are asked too.</summary>
    private async Task<bool> IsKnownAsync(ShopId shop, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, RetryDays + 1).Select(days => deliveries.IsKnownAsync(shop, Day(now).AddDays(-days), id, cancellationToken)));
        return seen.Contains(true);
    }

    private static (List<ToldEvent> Events, List<RejectedEvent> Rejected) Read(ReadOnlyMemory<byte> body, string id)
    {
        var (events, rejected) = (new List<ToldEvent>(), new List<RejectedEvent>());
        try
        {
            using var json = JsonDocument.Parse(body);
            var items = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [json.RootElement];
            if (items.Count > MaxEvents)
            {
                return ([], [new(MaxEvents, "too_many", $"A list may have at most {MaxEvents} events.")]);
            }

            foreach (var (index, item) in items.Index())
            {
                try
                {
                    // In a list each event's own id counts, which it keeps in another list.
                    var own = items.Count == 1 ? id : item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : $"{id}:{index}";
                    events.Add(ProductEvents.Read(item, own));
                }
                catch (JsonException exception)
                {
                    rejected.Add(new(index, "invalid", exception.Message));
                }
            }
        }
        catch (JsonException exception)
        {
            rejected.Add(new(0, "no_json", exception.Message));
        }

        return (events, rejected);
    }

    [LoggerMessage(LogLevel.Information, "Events {DeliveryId} from {Source} for {Shop}: {Accepted} accepted, {Rejected} rejected")]
    private partial void LogReceipt(string source, string deliveryId, ShopId shop, int accepted, int rejected);

    [LoggerMessage(LogLevel.Warning, "Events from {Source} refused: unknown source, wrong signature, or old")]
    private partial void LogRefusal(string source);
}

/// <param name="Duplicate">1 when the whole delivery was taken before.</param>
internal sealed record EventReceipt(int Accepted, int Duplicate, IReadOnlyList<RejectedEvent> Rejected);

internal sealed record RejectedEvent(int Index, string Code, string Message);
