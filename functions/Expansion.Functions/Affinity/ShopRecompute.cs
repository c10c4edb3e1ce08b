using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Mining;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Orders;

namespace Expansion.Functions.Affinity;

/// <summary>
/// Learns one shop's affinities anew. It may stop at any await: nothing is seen before the pointer moves, and a rerun writes a generation of its own.
/// <code>
/// changed months ─► fold into segments ─► read the window ─► count pairs ─► write a generation ─► move the pointer ─► sweep old ones
/// </code>
/// </summary>
public sealed class ShopRecompute(
    IShopStore shops, IOrderStore orders, MonthFold fold, WindowReader windows, IProductStore products, IAffinityStore affinities,
    IRecomputeStatusStore statuses, TimeProvider time)
{
    public async Task<AffinityGeneration> RunAsync(ShopId id, IProgress<RecomputeStage>? progress, CancellationToken cancellationToken)
    {
        var stage = RecomputeStage.Folding;
        try
        {
            var generation = await RunAsync(id, BeginAsync, cancellationToken);
            await statuses.SaveAsync(id, new(RecomputeState.Done, stage, time.GetUtcNow()) { Generation = generation }, cancellationToken);
            return generation;
        }
        catch
        {
            await statuses.SaveAsync(id, new(RecomputeState.Failed, stage, time.GetUtcNow()), CancellationToken.None);
            throw;
        }

        async Task BeginAsync(RecomputeStage next)
        {
            stage = next;
            progress?.Report(next);
            await statuses.SaveAsync(id, new(RecomputeState.Running, next, time.GetUtcNow()), cancellationToken);
        }
    }

    private async Task<AffinityGeneration> RunAsync(ShopId id, Func<RecomputeStage, Task> beginAsync, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var shop = await shops.EnsureAsync(id, cancellationToken);

        await beginAsync(RecomputeStage.Folding);
        foreach (var changed in await orders.ChangedMonthsAsync(id, cancellationToken))
        {
            await fold.FoldAsync(id, changed.Month, [], cancellationToken);
            await orders.ClearAsync(id, changed, cancellationToken);
        }

        await beginAsync(RecomputeStage.Reading);
        var window = await windows.ReadAsync(id, cancellationToken);
        var titles = await products.ListAsync(id, cancellationToken)
            .Where(product => product.Title is not null).ToDictionaryAsync(product => product.Sku, product => product.Title!, cancellationToken: cancellationToken);

        await beginAsync(RecomputeStage.Counting);
        var builder = Count(window, shop.Settings.MinCount, cancellationToken);

        await beginAsync(RecomputeStage.Writing);
        var generation = new AffinityGeneration(GenerationId(startedAt), startedAt, window.From, window.To, window.Baskets, window.Products, builder.Pairs)
        {
            Bestsellers = builder.Bestsellers(titles),
        };
        await affinities.WriteAsync(id, generation, builder.Build(titles), cancellationToken);
        await affinities.PublishAsync(id, generation, cancellationToken);
        await affinities.SweepAsync(id, cancellationToken);
        return generation;
    }

    private static AffinityBuilder Count(BasketWindow window, int minCount, CancellationToken cancellationToken)
    {
        var builder = new AffinityBuilder(window);
        var counter = new PairCounter(window.Matrix, minCount);
        counter.Count(counter.All, pairs => pairs.ToArray(), pairs =>
        {
            foreach (var pair in pairs)
            {
                builder.Add(pair.A, pair.B, pair.Both);
            }
        }, cancellationToken);
        return builder;
    }

    /// <summary>Sorts by time; the tail tells two runs of the same instant apart.</summary>
    private static string GenerationId(DateTimeOffset startedAt) =>
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N")[..8];
}
