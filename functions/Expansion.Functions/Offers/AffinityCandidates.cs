using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Offers;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;

namespace Expansion.Functions.Offers;

/// <summary>Proposes what goes with the cart, or with the last orders of who has none: what affinity recommends, by point reads.</summary>
internal sealed class AffinityCandidates(IAffinityStore affinities, IProductStore products) : IOfferCandidates
{
    private const int Most = 10;
    private const int Context = 20;

    public async Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken)
    {
        var shopping = context.Customer.Shopping;
        var skus = (shopping.Cart?.Value.Skus is { IsEmpty: false } cart ? cart : shopping.Kept.Reverse().SelectMany(order => order.Skus)).Distinct().Take(Context).ToList();
        if (skus.Count == 0 || await affinities.CurrentAsync(shop, cancellationToken) is not { } generation)
        {
            return ProposedCandidates.None;
        }

        var rows = await affinities.FindAsync(shop, generation.Id, skus, cancellationToken);
        var picks = AffinityRecommender.Recommend(generation, skus, rows, context.Today.Month, Most).Where(pick => pick.Source == RecommendationSource.Affinity).ToList();
        var known = await products.FindAsync(shop, [.. picks.Select(pick => pick.Sku)], cancellationToken);
        return new([.. picks.Select(pick => new Candidate(OfferKind.CrossSell, pick.Sku.Value, pick.Score, "affinity")
        {
            Title = pick.Title,
            Price = known.GetValueOrDefault(pick.Sku)?.Price,
            Because = pick.Reason,
        })], generation.Id);
    }
}
