using System.Globalization;
using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing.Rules;

/// <summary>What a rule offers. What is found for it is a candidate like any other, and has to pass what any other has to.</summary>
public abstract record RuleAction
{
    public abstract string Sentence { get; }

    /// <param name="candidates">What others propose.</param>
    public abstract IEnumerable<Candidate> Find(TimingContext context, IReadOnlyList<Candidate> candidates);
}

internal sealed record RecommendProduct(Sku Product) : RuleAction
{
    public override string Sentence => $"recommend {Product}";

    public override IEnumerable<Candidate> Find(TimingContext context, IReadOnlyList<Candidate> candidates) =>
        [candidates.FirstOrDefault(known => known.Kind == OfferKind.CrossSell && known.Target == Product.Value) ?? new(OfferKind.CrossSell, Product.Value, 1, "rule")];
}

internal sealed record RecommendPlan(string Plan) : RuleAction
{
    public override string Sentence => $"recommend the plan {Plan}";

    public override IEnumerable<Candidate> Find(TimingContext context, IReadOnlyList<Candidate> candidates) => PlanCandidates.Find(context).Where(plan => plan.Kind == OfferKind.Upsell && plan.Target == Plan);
}

internal sealed record UpgradeToAnnual : RuleAction
{
    public override string Sentence => "recommend paying by the year";

    public override IEnumerable<Candidate> Find(TimingContext context, IReadOnlyList<Candidate> candidates) => PlanCandidates.Find(context).Where(plan => plan.Kind == OfferKind.Annual);
}

/// <summary>Products that bring the cart to a worth: best score first, and of equal ones the one that overshoots least.</summary>
internal sealed record ReachCartTotal(decimal Total) : RuleAction
{
    public override string Sentence => string.Create(CultureInfo.InvariantCulture, $"recommend products that bring the cart to {Total:#,0.##}");

    public override IEnumerable<Candidate> Find(TimingContext context, IReadOnlyList<Candidate> candidates) => context.Customer.Shopping.Cart?.Value.Total is not { } cart ? [] :
        candidates.Where(known => known.Kind == OfferKind.CrossSell && known.Price is { } price && price.Currency == cart.Currency && cart.Amount < Total && cart.Amount + price.Amount >= Total)
            .OrderByDescending(known => known.Score).ThenBy(known => known.Price!.Value.Amount)
            .Select(known => known with { CartTotal = new(Total, cart.Currency) });
}
