using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Pricing;

/// <summary>Makes a shop's bundles from its published pairs, and notes what its products cost now, so that a later claim can be checked. Can be repeated.</summary>
public sealed class ShopBundles(
    IShopStore shops, IPricingDocuments documents, IAffinityStore affinities, IPairFiles files, IPairDecisionStore decisions, IProductStore products, IProductTermsStore terms,
    IPriceHistoryStore prices, TimeProvider time)
{
    /// <summary>How often a document is written again when somebody else was faster.</summary>
    private const int Attempts = 10;

    /// <returns>Null before the shop's first recompute.</returns>
    public async Task<BundleSet?> RunAsync(ShopId id, CancellationToken cancellationToken)
    {
        var shop = await shops.EnsureAsync(id, cancellationToken);
        if (await affinities.CurrentAsync(id, cancellationToken) is not { } generation)
        {
            return null;
        }

        var settings = (await documents.FindAsync<PricingSettings>(id, PricingSettings.Document, cancellationToken))?.Value ?? new();
        var now = time.GetUtcNow();
        var pairs = ComplementsAsync(shop, generation.Id, cancellationToken);
        var costs = terms.ListAsync(id, cancellationToken).ToDictionaryAsync(product => product.Sku, cancellationToken: cancellationToken).AsTask();
        var history = prices.ListAsync(id, cancellationToken);
        var catalogue = await products.ListAsync(id, cancellationToken).ToListAsync(cancellationToken);
        await Task.WhenAll(pairs, costs, history);

        // Storage writes while we compute.
        var noting = prices.AddAsync(id, BundleCatalogue.News(catalogue, await history, now), cancellationToken);
        var known = BundleCatalogue.Of(catalogue, await costs, await history, settings, now);
        var set = new BundleSet(generation.Id, now, BundlePlanner.Plan(await pairs, known, shop.Settings.Currency, BasketsPerMonth(generation), settings));
        await noting;
        await SaveAsync(id, set, cancellationToken);
        return set;
    }

    private async Task<IReadOnlyList<BundlePair>> ComplementsAsync(Shop shop, string generation, CancellationToken cancellationToken)
    {
        var decided = await decisions.ListAsync(shop.Id, cancellationToken).ToListAsync(cancellationToken);
        return [.. BundlePlanner.Complements(await files.ReadAsync(shop.Id, generation, cancellationToken), decided, shop.Settings)];
    }

    private static double BasketsPerMonth(AffinityGeneration generation) =>
        (double)generation.Baskets / (1 + (12 * (generation.To.Year - generation.From.Year)) + generation.To.Month - generation.From.Month);

    private async Task SaveAsync(ShopId id, BundleSet set, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = await documents.FindAsync<BundleSet>(id, BundleSet.Document, cancellationToken);
            if (known?.Value.MadeAt >= set.MadeAt || await documents.SaveAsync(id, BundleSet.Document, set, known?.Version, cancellationToken) is not null)
            {
                return;
            }
        }

        throw new InvalidOperationException($"The bundles of {id} were changed by others {Attempts} times while they were being written.");
    }
}
