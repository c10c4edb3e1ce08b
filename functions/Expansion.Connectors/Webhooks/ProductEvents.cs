using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Webhooks;

/// <summary>
/// Reads the events that SaaS products post: {"type","timestamp","data"} with the types of docs/webhooks.md, or one of our own signals as it stands.
/// Fields that aren't known are passed over.
/// </summary>
public static class ProductEvents
{
    private static readonly JsonSerializerOptions Reading = new(ExpansionJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <param name="id">The id of the delivery, or of the event in it: what it does happens once.</param>
    /// <exception cref="JsonException">It isn't such an event; the message says why.</exception>
    public static ToldEvent Read(JsonElement json, string id)
    {
        try
        {
            return ReadText(json, id);
        }
        catch (InvalidOperationException exception)
        {
            // JSON is checked for its form when it is parsed, its text (UTF-8, halves of surrogate pairs) only when it is looked at.
            throw new JsonException("It holds text that isn't UTF-8.", exception);
        }
    }

    private static ToldEvent ReadText(JsonElement json, string id)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("data", out var data))
        {
            return Checked(new() { Signals = [Native(json)] });
        }

        var envelope = json.Deserialize<Envelope>(Reading)!;
        return Checked(Map(envelope.Type, data, id, envelope.Timestamp));
    }

    private static ToldEvent Map(string type, JsonElement data, string id, DateTimeOffset at)
    {
        switch (type)
        {
            case "account.updated":
                var account = data.Deserialize<Account>(Reading)!;
                return new() { Contact = new(new(account.AccountId), at) { Email = account.Email, Name = account.Name, Locale = account.Locale, EmailConsent = account.EmailConsent } };
            case "account.deleted":
                return new() { Erase = new(data.Deserialize<Account>(Reading)!.AccountId) };
            case "subscription.updated":
                return Map(data.Deserialize<Subscription>(Reading)!, id, at);
            case "usage.reported":
                var usage = data.Deserialize<Usage>(Reading)!;
                return One(new UsageRecorded(usage.Metric, 0, usage.Value, usage.Limit) { Id = id, Customer = new(usage.AccountId), At = NotAfter(usage.ObservedAt, at) });
            case "plan.changed":
                var plan = data.Deserialize<Plan>(Reading)!;
                return One(new PlanChanged(new(plan.To)) { Id = id, Customer = new(plan.AccountId), At = NotAfter(plan.EffectiveAt, at) });
            case "price.changed":
                var price = data.Deserialize<Price>(Reading)!;
                var currency = price.Currency.ToUpperInvariant();
                return One(new PriceChanged(price.Plan, new(price.From, currency), new(price.To, currency)) { Id = id, Customer = price.AccountId is { } one ? new(one) : Signal.Everybody, At = NotAfter(price.EffectiveAt, at) });
            case "feature.used":
                var used = data.Deserialize<Feature>(Reading)!;
                return One(new FeatureUsed(used.Name, used.Count) { Id = id, Customer = new(used.AccountId), At = NotAfter(used.At, at) });
            case "feature.blocked":
                var blocked = data.Deserialize<Feature>(Reading)!;
                return One(new LimitReached(blocked.Name) { Id = id, Customer = new(blocked.AccountId), At = NotAfter(blocked.At, at) });
            default:
                throw new JsonException($"type is '{type}', which isn't known.");
        }
    }

    private static ToldEvent Map(Subscription subscription, string id, DateTimeOffset at)
    {
        var customer = new CustomerId(subscription.AccountId);
        var interval = subscription.Interval is "year" or "annual" or "yearly" ? BillingInterval.Year : BillingInterval.Month;
        var ended = subscription.CancelAt is not null || subscription.Status is "canceled" or "cancelled" or "ended" or "expired" or "paused";
        var mrr = subscription is { UnitPrice: { } unit, Currency: { } currency }
            ? new Money(unit * subscription.Quantity / (interval == BillingInterval.Year ? 12 : 1), currency.ToUpperInvariant())
            : (Money?)null;
        var terms = new PlanTerms(subscription.Plan, mrr, interval);
        var paying = subscription.Status is "active" or "past_due" && mrr is not null;
        return new()
        {
            Signals = ended
                ? [new SubscriptionCancelled(subscription.CancelAt) { Id = id, Customer = customer, At = at }]
                :
                [
                    .. subscription.StartedAt is { } started ? new Signal[] { new SubscriptionStarted(terms, subscription.RenewsAt) { Id = $"{subscription.SubscriptionId}:started", Customer = customer, At = started } } : [],
                    new PlanChanged(terms) { Id = $"{id}:plan", Customer = customer, At = at },
                    .. subscription.RenewsAt is { } renews ? new Signal[] { new SubscriptionRenewed(renews) { Id = $"{id}:renewal", Customer = customer, At = at } } : [],
                ],
            Customer = customer,
            Subscription = subscription.SubscriptionId,
            // What is cancelled for later pays until then.
            Revenue = paying ? new(at, mrr!.Value) : mrr is { } known ? new(at, known * 0) : null,
        };
    }

    /// <summary>What is announced for later has been heard of now.</summary>
    private static DateTimeOffset NotAfter(DateTimeOffset? happened, DateTimeOffset told) => happened < told ? happened.Value : told;

    private static ToldEvent One(Signal signal) => new() { Signals = [signal] };

    private static Signal Native(JsonElement json)
    {
        var (signal, errors) = SignalSchema.Read(json);
        return signal ?? throw new JsonException(string.Join(' ', errors.Select(error => $"{error.Path} {error.Reason}.")));
    }

    /// <summary>What is mapped keeps the limits of what is sent as a signal.</summary>
    private static ToldEvent Checked(ToldEvent read) => read with { Signals = [.. read.Signals.Select(signal => Native(JsonSerializer.SerializeToElement(signal, ExpansionJson.Options)))] };

    private sealed record Envelope(string Type, DateTimeOffset Timestamp);

    private sealed record Account(string AccountId, string? Name = null, string? Email = null, string? Locale = null, bool? EmailConsent = null);

    private sealed record Subscription(
        string AccountId, string SubscriptionId, string Plan, string Status, int Quantity = 1, decimal? UnitPrice = null, string? Currency = null, string? Interval = null,
        DateTimeOffset? StartedAt = null, DateTimeOffset? RenewsAt = null, DateTimeOffset? CancelAt = null);

    private sealed record Usage(string AccountId, string Metric, double Value, double? Limit = null, DateTimeOffset? ObservedAt = null);

    private sealed record Plan(string AccountId, string To, DateTimeOffset? EffectiveAt = null);

    private sealed record Price(string Plan, decimal From, decimal To, string Currency, string? AccountId = null, DateTimeOffset? EffectiveAt = null);

    private sealed record Feature(string AccountId, [property: JsonPropertyName("feature")] string Name, int Count = 1, DateTimeOffset? At = null);
}
