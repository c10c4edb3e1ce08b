using System.Text.Json;
using Expansion.Connectors;
using Expansion.Connectors.Billing;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Billing;

/// <summary>Takes an event of Stripe: verify, drop what is of no use or known, hand over, answer. The signature is the authorization.</summary>
public sealed partial class StripeWebhook(IOptionsMonitor<StripeOptions> options, IDeliveryStore deliveries, EventIntake intake, TimeProvider time, ILogger<StripeWebhook> logger)
{
    [Function(nameof(StripeWebhook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "billing/stripe/{shop}")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var account = ShopId.TryFrom(shop, out var id) ? settings.AccountOf(id) : null;
        if (await request.ReadBodyAsync(settings.MaxBodyBytes, cancellationToken) is not { } body)
        {
            return Problems.TooLarge($"The body may have at most {settings.MaxBodyBytes} bytes.");
        }

        // A shop that isn't known is refused when and as a wrong signature is.
        if (!StripeSignature.Verify(body.Span, request.Headers[StripeSignature.Header], [.. account?.Secrets ?? []], time.GetUtcNow()) || account is null)
        {
            LogRefusal(id);
            return Problems.Unauthorized("Stripe-Signature must be the signature of this body with the endpoint's secret, made within 5 minutes of now.");
        }

        try
        {
            return await TakeAsync(id, account, StripeEvents.Parse(body.Span), cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.BadRequest($"The body is no event of Stripe's. {exception.Message}");
        }
    }

    private async Task<IResult> TakeAsync(ShopId shop, StripeAccount account, StripeEvent stripe, CancellationToken cancellationToken)
    {
        if ((stripe.Livemode ?? false) == account.TestMode || StripeEvents.Read(stripe, account.CustomerMetadata) is not { } told)
        {
            return Answer(shop, stripe, "ignored");
        }

        var (day, delivery) = (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(stripe.Created).UtcDateTime), $"stripe:{stripe.Id}");
        if (await deliveries.IsKnownAsync(shop, day, delivery, cancellationToken))
        {
            return Answer(shop, stripe, "duplicate");
        }

        await intake.TakeAsync(shop, [told], cancellationToken);
        await deliveries.RecordAsync(shop, day, delivery, cancellationToken);
        return Answer(shop, stripe, "accepted");
    }

    private IResult Answer(ShopId shop, StripeEvent stripe, string outcome)
    {
        LogAnswer(stripe.Type, stripe.Id, shop, outcome);
        return Results.Ok(new { outcome });
    }

    [LoggerMessage(LogLevel.Information, "Stripe's {Type} {EventId} for {Shop}: {Outcome}")]
    private partial void LogAnswer(string type, string eventId, ShopId shop, string outcome);

    [LoggerMessage(LogLevel.Warning, "Stripe's event for {Shop} refused: unknown shop, wrong signature, or old")]
    private partial void LogRefusal(ShopId shop);
}
