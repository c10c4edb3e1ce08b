using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>"500 orders by hand last month at 3 minutes each are 25 hours; the automation pays for itself in a week."</summary>
internal sealed class CostOfNotUpgradingAnchor : IAnchor
{
    private const decimal DaysAMonth = 30;

    public AnchorKind Kind => AnchorKind.CostOfNotUpgrading;

    public AnchorDecision Build(AnchorFacts facts, PricingSettings settings, DateTimeOffset now)
    {
        if (facts.Work is not { } work)
        {
            return No("no work by hand was counted");
        }

        var problem = work.CountedAt > now ? FormattableString.Invariant($"the work was counted on {work.CountedAt:yyyy-MM-dd}, in the future")
            : work.CountedAt < now.AddDays(-settings.WorkDays) ? FormattableString.Invariant($"the work was counted on {work.CountedAt:yyyy-MM-dd}, {settings.WorkDays} days are allowed")
            : work.Count <= 0 || work.MinutesEach <= 0 ? "there was no work by hand"
            : work.HourlyCost is not { Amount: > 0 } cost ? "what an hour costs isn't known, so no payback can be computed"
            : cost.Currency != facts.Price.Currency ? $"an hour is priced in {cost.Currency}, the offer in {facts.Price.Currency}"
            : facts.Price.Amount <= 0 ? "it costs nothing more"
            : null;
        if (problem is not null)
        {
            return No(problem);
        }

        var days = PaybackDays(facts.Price, work);
        return days > settings.MostPaybackDays
            ? No($"it would pay for itself in {days} days only, {settings.MostPaybackDays} are worth telling")
            : new(Kind, new Dictionary<string, Fact>
            {
                [FactNames.Count] = new Fact.Number(work.Count),
                [FactNames.Task] = new Fact.Words(work.Task),
                [FactNames.Minutes] = new Fact.Number(work.MinutesEach),
                [FactNames.Hours] = new Fact.Number(Hours(work)),
                [FactNames.Product] = new Fact.Words(facts.Product),
                [FactNames.Payback] = new Fact.Span(days),
            }, FormattableString.Invariant($"{work.Count} × {work.MinutesEach} min = {Hours(work):0.##} h a month at {work.HourlyCost!.Value.Amount} {facts.Price.Currency}, against {facts.Price.Amount}: {days} days"));
    }

    private static decimal Hours(ManualWork work) => work.Count * work.MinutesEach / 60;

    /// <summary>Days until the work spared has cost as much as a month of the offer: price / (hours × hourly cost / 30), rounded up.</summary>
    private static int PaybackDays(Money price, ManualWork work) =>
        (int)Math.Min(decimal.Ceiling(price.Amount * DaysAMonth / (Hours(work) * work.HourlyCost!.Value.Amount)), int.MaxValue);

    private AnchorDecision No(string reason) => AnchorDecision.No(Kind, reason);
}
