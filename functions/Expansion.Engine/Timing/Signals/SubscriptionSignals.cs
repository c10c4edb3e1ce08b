using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Signals;

public enum BillingInterval
{
    Month,
    Year,
}

/// <summary>A plan as the customer has it.</summary>
/// <param name="Mrr">What it brings in a month.</param>
/// <param name="Features">What it includes.</param>
/// <param name="Limits">Its allowances by metric.</param>
public sealed record PlanTerms(
    [property: Length(1, 100)] string Plan,
    Money? Mrr = null,
    BillingInterval Interval = BillingInterval.Month,
    [property: MaxLength(200)] IReadOnlyList<string>? Features = null,
    [property: MaxLength(50)] IReadOnlyDictionary<string, double>? Limits = null);

/// <summary>The price of a plan or product went up or down, for one customer or, with the customer "*", for everybody who has it.</summary>
/// <param name="Item">The plan's name or the product's SKU.</param>
public sealed record PriceChanged([property: Length(1, 255)] string Item, Money From, Money To) : Signal;

public sealed record PlanChanged(PlanTerms Terms) : Signal;

public sealed record SubscriptionStarted(PlanTerms Terms, DateTimeOffset? RenewsAt = null) : Signal;

public sealed record SubscriptionRenewed(DateTimeOffset? RenewsAt = null) : Signal;

/// <summary>Cancelled, at once or for the end of its term: either way there is nothing to expand.</summary>
public sealed record SubscriptionCancelled(DateTimeOffset? EndsAt = null) : Signal;

public sealed record PaymentFailed : Signal;

public sealed record PaymentSucceeded : Signal;
