using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>"You already invest $200 a month; for $50 more you get unlimited users."</summary>
internal sealed class CurrentSpendAnchor : IAnchor
{
    public AnchorKind Kind => AnchorKind.CurrentSpend;

    public AnchorDecision Build(AnchorFacts facts, PricingSettings settings, DateTimeOffset now) => facts switch
    {
        { Spend: null } => No("what the customer spends isn't known"),
        { Spend: { } spend } when spend.AsOf > now => No(FormattableString.Invariant($"what the customer spends is dated {spend.AsOf:yyyy-MM-dd}, in the future")),
        { Spend: { } spend } when spend.AsOf < now.AddDays(-settings.SpendDays) => No(FormattableString.Invariant($"what the customer spends is known for {spend.AsOf:yyyy-MM-dd} only, {settings.SpendDays} days are allowed")),
        { Spend.PerMonth.Amount: <= 0 } => No("the customer spends nothing yet"),
        { Spend.PerMonth: var spend } when spend.Currency != facts.Price.Currency => No($"the customer spends {spend.Currency}, the price is in {facts.Price.Currency}"),
        { Price.Amount: <= 0 } => No("it costs nothing more"),
        { Price: var price, Spend.PerMonth: var spend } when price.Amount >= spend.Amount => No("it costs as much again as the customer spends: beside it the price would look large"),
        { Gain: null or "" } => No("what the customer would gain isn't named"),
        _ => new(Kind, new Dictionary<string, Fact>
        {
            [FactNames.Spend] = new Fact.Amount(facts.Spend.PerMonth),
            [FactNames.Price] = new Fact.Amount(facts.Price),
            [FactNames.Gain] = new Fact.Words(facts.Gain),
        }, FormattableString.Invariant($"current spend of {facts.Spend.PerMonth.Amount} {facts.Spend.PerMonth.Currency} a month as of {facts.Spend.AsOf:yyyy-MM-dd}")),
    };

    private AnchorDecision No(string reason) => AnchorDecision.No(Kind, reason);
}
