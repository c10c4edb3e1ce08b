using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Shopify;

/// <summary>
/// Writes what people have approved into the shop's own lists, and takes it back. A list that somebody wrote, or changed since, isn't touched: their word wins there too.
/// </summary>
public sealed class ComplementaryLists(IPairDecisionStore decisions, ComplementaryProducts products, IPublishedLists published)
{
    /// <returns>How many lists were changed.</returns>
    public async Task<int> PublishAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var approved = await decisions.ListAsync(shop, cancellationToken).Where(decision => decision.Verdict != PairVerdict.Rejected).ToListAsync(cancellationToken);
        return await WriteAsync(shop, approved, cancellationToken);
    }

    public Task<int> WithdrawAsync(ShopId shop, CancellationToken cancellationToken) => WriteAsync(shop, [], cancellationToken);

    private async Task<int> WriteAsync(ShopId shop, List<PairDecision> approved, CancellationToken cancellationToken)
    {
        var (ours, found) = (await published.ReadAsync(shop, cancellationToken), await products.FindAsync(shop, [.. approved.SelectMany(pair => new[] { pair.A, pair.B })], cancellationToken));
        var wanted = Wanted(approved, found);
        var stale = ours.Keys.Except(wanted.Keys).ToList();
        var known = found.Values.DistinctBy(product => product.Id).ToDictionary(product => product.Id, product => product.List);
        foreach (var (product, list) in await products.ListsAsync(shop, stale, cancellationToken))
        {
            known[product] = list;
        }

        var free = known.Where(product => product.Value is null || product.Value == ours.GetValueOrDefault(product.Key)).Select(product => product.Key).ToHashSet();
        var changes = wanted.Where(list => free.Contains(list.Key) && known[list.Key] != list.Value.Value).Select(list => list.Value)
            .Concat(stale.Where(product => free.Contains(product) && known[product] is not null).Select(product => new ProductList(product, []))).ToList();

        // What is written is remembered first: a crash in between leaves a list that isn't there, which the next run writes.
        await published.SaveAsync(shop, changes.Where(list => list.Products.Count > 0).ToDictionary(list => list.Product, list => list.Value), cancellationToken);
        await products.SaveAsync(shop, changes, cancellationToken);
        await published.RemoveAsync(shop, stale, cancellationToken);
        return changes.Count;
    }

    /// <summary>Pinned pairs first, then those that were approved last.</summary>
    private static Dictionary<string, ProductList> Wanted(List<PairDecision> approved, IReadOnlyDictionary<Sku, ListedProduct> found) => approved
        .OrderByDescending(pair => pair.Verdict == PairVerdict.Pinned).ThenByDescending(pair => pair.DecidedAt)
        .SelectMany(pair => new[] { (pair.A, pair.B), (pair.B, pair.A) })
        .Where(pair => found.ContainsKey(pair.Item1) && found.ContainsKey(pair.Item2))
        .Select(pair => (Product: found[pair.Item1].Id, Partner: found[pair.Item2].Id))
        .Where(pair => pair.Product != pair.Partner)
        .GroupBy(pair => pair.Product)
        .ToDictionary(pairs => pairs.Key, pairs => new ProductList(pairs.Key, [.. pairs.Select(pair => pair.Partner).Distinct().Take(ComplementaryProducts.MostOfAList)]));
}
