using System.Text.Json;
using Expansion.Connectors;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Topics;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Functions.Recommendations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Orders;

/// <summary>
/// Takes a delivery of Shopify: verify, drop what is of no use or known, hand over, answer. The signature is the authorization.
/// The answers are listed in docs/shopify.md; whatever isn't 2xx, Shopify delivers again.
/// </summary>
public sealed partial class ShopifyWebhook(
    IOptionsMonitor<ShopifyOptions> options, ShopifyTopics topics, IDeliveryStore deliveries, IInbox inbox, ServingCache serving, TimeProvider time,
    ILogger<ShopifyWebhook> logger)
{
    private const string BadSignature = "X-Shopify-Hmac-Sha256 must be the signature of this body with the shop's secret.";

    [Function(nameof(ShopifyWebhook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "shopify/webhooks")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (delivery, refusal) = await VerifyAsync(request, cancellationToken);
        if (delivery is null)
        {
            return refusal!;
        }

        if (topics.Find(delivery.Topic) is not { } topic)
        {
            return Answer(delivery, "ignored");
        }

        var day = DateOnly.FromDateTime((delivery.TriggeredAt ?? time.GetUtcNow()).UtcDateTime);
        if (await deliveries.IsKnownAsync(delivery.Shop, day, delivery.Id, cancellationToken))
        {
            return Answer(delivery, "duplicate");
        }

        IReadOnlyList<IReceived> messages;
        try
        {
            messages = topic.Read(delivery);
        }
        catch (JsonException exception)
        {
            return Refuse(delivery.Shop, Problems.BadRequest($"The body is not what {delivery.Topic} holds. {exception.Message}"), "malformed body");
        }

        foreach (var message in messages)
        {
            await inbox.SendAsync(message, cancellationToken);
            if (message is ProductReceived { Product: { } product })
            {
                // What is sold out must be off this instance's shelves at once, not when the queue's turn comes.
                serving.Tell(delivery.Shop, product);
            }
        }

        await deliveries.RecordAsync(delivery.Shop, day, delivery.Id, cancellationToken);
        return Answer(delivery, "accepted");
    }

    /// <summary>
    /// A shop that isn't listed is refused when and as a wrong signature is: nobody learns here which shops there are.
    /// </summary>
    private async Task<(ShopifyDelivery? Delivery, IResult? Refusal)> VerifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var headers = ShopifyHeaders.From(request.Headers);
        var shop = ShopId.TryFrom(headers.ShopDomain, out var named) ? named : default;
        if (!ShopifySignature.IsDecodable(headers.Signature))
        {
            return (null, Refuse(shop, Problems.Unauthorized(BadSignature), "no signature"));
        }

        if (headers is not { Topic: { } topic, ShopDomain: not null, DeliveryId: { } id })
        {
            return (null, Refuse(shop, Problems.BadRequest($"Missing: {string.Join(", ", headers.Missing)}."), "missing headers"));
        }

        var settings = options.CurrentValue;
        if (await request.ReadBodyAsync(settings.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return (null, Refuse(shop, Problems.TooLarge($"The body may have at most {settings.MaxBodyBytes} bytes."), "large body"));
        }

        return ShopifySignature.Verify(body.Span, headers.Signature, settings.SecretsOf(shop))
            ? (new ShopifyDelivery(shop, topic, id, headers.TriggeredAt, body), null)
            : (null, Refuse(shop, Problems.Unauthorized(BadSignature), "unknown shop or wrong signature"));
    }

    private IResult Answer(ShopifyDelivery delivery, string outcome)
    {
        LogAnswer(delivery.Topic, delivery.Id, delivery.Shop, outcome);
        return Results.Ok(new { outcome });
    }

    private IResult Refuse(ShopId shop, IResult refusal, string reason)
    {
        LogRefusal(shop, reason);
        return refusal;
    }

    [LoggerMessage(LogLevel.Information, "Webhook {Topic} {DeliveryId} of {Shop}: {Outcome}")]
    private partial void LogAnswer(string topic, string deliveryId, ShopId shop, string outcome);

    [LoggerMessage(LogLevel.Warning, "Webhook of {Shop} refused: {Reason}")]
    private partial void LogRefusal(ShopId shop, string reason);
}
