using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Timing;
using Expansion.Functions.Recommendations;

namespace Expansion.Functions.Offers;

/// <summary>Proposes what affinity does, unless the experiment's arm names a ranking (affinity, margin or popularity): then what recommendations rank so, best first.</summary>
internal sealed class RankedCandidates(AffinityCandidates affinity, ServingCache serving, ShopRecommender recommender) : IOfferCandidates
{
    private const int Most = 10;

    /// <summary>More than are proposed: what only fills a shelf may rank high, too, and is no reason for an offer.</summary>
    private const int Looked = 50;
    private const int Context = 20;

    public async Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken)
    {
        if (ExpansionJson.FromWord<RankBy>(context.Arm?.Settings.GetValueOrDefault(ElementSettings.Ranking)) is not { } ranking || await serving.FindAsync(shop, cancellationToken) is not { } served)
        {
            return await affinity.FindAsync(shop, context, cancellationToken);
        }

        var shopping = context.Customer.Shopping;
        var skus = shopping.Cart?.Value.Skus is { IsEmpty: false } cart ? cart : shopping.Kept.Reverse().SelectMany(order => order.Skus);
        var request = new ShelfRequest { Context = [.. skus.Distinct().Take(Context)], Touchpoint = context.Touchpoint, Kind = PickKind.CrossSell, RankBy = ranking, Limit = Looked };
        var shelf = await recommender.RecommendAsync(served, request, context.Customer.Customer, affinityOnly: false, cancellationToken);
        var picks = shelf.Picks.Where(candidate => candidate.Pick is { LowConfidence: false, Source: not RecommendationSource.Bestseller }).Take(Most).ToList();
        return new(
            [
                .. picks.Select((candidate, rank) => new Candidate(OfferKind.CrossSell, candidate.Pick.Sku.Value, 1 - ((double)rank / (picks.Count + 1)), ExpansionJson.Word(candidate.Pick.Source))
                {
                    Title = candidate.Item?.FullTitle() ?? candidate.Pick.Title,
                    Price = candidate.Item?.Price,
                    Because = candidate.Pick.Reason,
                }),
            ],
            served.State.Generation?.Id ?? served.State.Affinity?.Id);
    }
}
