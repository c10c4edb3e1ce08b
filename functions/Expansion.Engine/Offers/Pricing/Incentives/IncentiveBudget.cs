namespace Expansion.Engine.Offers.Pricing.Incentives;

/// <summary>How much a shop gives away by incentives, and how much it has.</summary>
/// <param name="Limit">For all offers together.</param>
/// <param name="Spent">Reserved so far.</param>
public sealed record IncentiveBudget(Money Limit, Money Spent)
{
    /// <summary>Most for one offer; null for no cap.</summary>
    public Money? PerOffer { get; init; }

    /// <summary>Most for one customer, all offers together; null for no cap.</summary>
    public Money? PerCustomer { get; init; }

    /// <summary>After that nothing is given.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Takes the cost of one incentive out of the budget, or says why not.</summary>
    /// <param name="spentOnCustomer">What this customer was given before.</param>
    public BudgetDecision Reserve(Money cost, Money spentOnCustomer, DateTimeOffset now)
    {
        var reason = new[] { Spent, cost, spentOnCustomer }.Any(money => money.Currency != Limit.Currency) ? $"the budget is in {Limit.Currency}, the incentive in {cost.Currency}"
            : cost.Amount < 0 ? "an incentive can't cost less than nothing"
            : now >= Until ? FormattableString.Invariant($"the budget ended on {Until:yyyy-MM-dd}")
            : cost.Amount > PerOffer?.Amount ? FormattableString.Invariant($"it costs {cost.Amount}, an offer may cost {PerOffer.Value.Amount} {Limit.Currency}")
            : (spentOnCustomer + cost).Amount > PerCustomer?.Amount ? FormattableString.Invariant($"the customer was given {spentOnCustomer.Amount} before, {PerCustomer.Value.Amount} {Limit.Currency} are allowed")
            : (Spent + cost).Amount > Limit.Amount ? FormattableString.Invariant($"{(Limit - Spent).Amount} {Limit.Currency} of the budget are left, it costs {cost.Amount}")
            : null;
        return reason is null
            ? new(this with { Spent = Spent + cost }, FormattableString.Invariant($"{cost.Amount} {cost.Currency} reserved, {(Limit - Spent - cost).Amount} left"))
            : new(null, reason);
    }

    /// <summary>Every mistake, by the name of its field; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (name, money) in new (string, Money?)[] { ("limit", Limit), ("spent", Spent), ("per_offer", PerOffer), ("per_customer", PerCustomer) })
        {
            if (money is { } amount && (amount.Amount < 0 || !Currencies.IsCode(amount.Currency) || amount.Currency != Limit.Currency))
            {
                errors[name] = ["must be 0 or more, in the currency of the limit, e.g. {\"amount\": 500, \"currency\": \"EUR\"}"];
            }
        }

        return errors;
    }
}

/// <param name="Budget">The budget after the reservation; null when it was refused.</param>
public sealed record BudgetDecision(IncentiveBudget? Budget, string Reason);

/// <summary>What an offer earns when it is taken. An incentive is a cost, in every result.</summary>
/// <param name="Price">What is paid, before the incentive.</param>
/// <param name="Cost">What is sold costs the shop; null when that isn't known.</param>
public sealed record OfferEconomics(Money Price, Money? Cost, Money IncentiveCost)
{
    /// <summary>Price less incentive less cost; null when the cost isn't known.</summary>
    public Money? Margin => Cost is { } cost ? Price - IncentiveCost - cost : null;
}
