using System.Text;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Functions.Recommendations;

/// <summary>
/// Answers from memory. Two things must be read: a customer's purchases, a piece of one blob, where they count; and before a shop's first model, or where the rules of
/// affinity alone are asked for, the rows of the products looked at.
/// </summary>
public sealed class ShopRecommender(IAffinityStore affinities, IModelStore models, TimeProvider time)
{
    /// <summary>What the model is asked for first, for small and for large shelves, and what it is asked for where the rules leave too little of that.</summary>
    private const int Ranked = 24;
    private const int RankedLarge = 150;
    private const int Deep = 300;

    private const int MostOfCatalogue = 500;

    public async Task<ShelfAnswer> RecommendAsync(ServedShop shop, ShelfRequest request, CustomerId? customer, bool affinityOnly, CancellationToken cancellationToken)
    {
        var state = shop.State;
        var task = Task(request);
        if (customer is { } id && (task != RecommendationTask.Basket || shop.Catalogue.HasDurables || state.Rules.DurableTypes.Count > 0))
        {
            request = request with { Purchases = await PurchasesAsync(state, id, cancellationToken), OnlyNew = task == RecommendationTask.Discovery };
        }

        var picks = state.Model is null || affinityOnly ? await AffinityAsync(state, request, cancellationToken) : [];
        var sources = state.Model is { } model && !affinityOnly ? Hybrid(state, model, task, request) : picks.GroupBy(pick => pick.Source).Select(source => source.Select(Pick.Of));
        return Shelf.Fill(new(request, shop.Catalogue, state.Rules, state.Verdicts), sources.Append(FromCatalogue(shop.Catalogue, request.Context)), state.Model is { } learned ? learned.Sold : Baskets(state, picks));
    }

    /// <summary>Beside a product or a cart, what completes it; on the account page what is bought next, reorders among it; elsewhere what is new to the customer.</summary>
    private static RecommendationTask Task(ShelfRequest request) =>
        request.Context.Count > 0 ? RecommendationTask.Basket
        : request.Touchpoint == Touchpoint.AccountPage ? RecommendationTask.NextPurchase
        : RecommendationTask.Discovery;

    private async Task<IReadOnlyList<PastPurchase>> PurchasesAsync(ServedState state, CustomerId customer, CancellationToken cancellationToken) =>
        state.Purchases.Find(customer) is { } place
        && await models.FindAsync(state.Shop.Id, state.Generation!.Id, ModelGeneration.Purchases, place.Offset, place.Length, cancellationToken) is { } line
            ? PurchaseFile.Read(line, customer)
            : [];

    private IEnumerable<IEnumerable<Pick>> Hybrid(ServedState state, RecommendationModel model, RecommendationTask task, ShelfRequest request)
    {
        var depth = request.Limit <= Ranked / 3 ? Ranked : RankedLarge;
        // Beside products the model looks at them alone, so that its answer is the same for everybody.
        yield return task == RecommendationTask.Basket || request.Purchases.Count == 0 ? Known().Picks() : Ask(depth).Select(Pick.Of);
        yield return Ask(Deep).Select(Pick.Of);

        RankedAnswer Known()
        {
            var key = Key(task, request.Context, depth);
            if (state.Answers.Find(key) is not { } answer)
            {
                state.Answers.Keep(key, answer = new(Ask(depth)));
            }

            return answer;
        }

        IReadOnlyList<RankedPick> Ask(int limit) =>
            model.Recommend(new(task) { Basket = request.Context, Orders = request.Purchases, Now = time.GetUtcNow(), Limit = limit });
    }

    private static string Key(RecommendationTask task, IReadOnlyList<Sku> context, int depth)
    {
        var key = new StringBuilder().Append((int)task).Append(' ').Append(depth);
        foreach (var sku in context.Order())
        {
            key.Append('\n').Append(sku.Value);
        }

        return key.ToString();
    }

    private async Task<IReadOnlyList<Recommendation>> AffinityAsync(ServedState state, ShelfRequest request, CancellationToken cancellationToken)
    {
        if (state.Affinity is not { } generation)
        {
            return [];
        }

        var rows = await affinities.FindAsync(state.Shop.Id, generation.Id, request.Context, cancellationToken);
        var month = state.Shop.Settings.LocalTime(time.GetUtcNow()).Month;
        return AffinityRecommender.Recommend(generation, request.Context, rows, month, RankedLarge);
    }

    /// <summary>How much is sold, before there is a model that counts it: the baskets that hold a product, as the rules that led to it or the bestsellers tell.</summary>
    private static Func<Sku, double> Baskets(ServedState state, IEnumerable<Recommendation> picks)
    {
        var baskets = (state.Affinity?.Bestsellers ?? []).Select(bestseller => (bestseller.Sku, bestseller.Baskets))
            .Concat(picks.Where(pick => pick.Because.Count > 0).Select(pick => (pick.Sku, Baskets: pick.Because[0].PartnerBaskets)))
            .DistinctBy(product => product.Sku).ToDictionary(product => product.Sku, product => product.Baskets);
        return sku => baskets.GetValueOrDefault(sku);
    }

    /// <summary>Where nothing else is known: what is of the same type, then the rest.</summary>
    private static IEnumerable<Pick> FromCatalogue(ShopCatalogue catalogue, IReadOnlyList<Sku> context)
    {
        var types = context.Select(sku => catalogue.Find(sku)?.Type).OfType<string>().Where(type => type.Length > 0).Distinct().ToList();
        return types.SelectMany(type => catalogue.OfType(type).Select(sku => FromCatalogue(sku, $"Also {type}.")))
            .Concat(catalogue.Items.OrderBy(item => item.Sku).Select(item => FromCatalogue(item.Sku, "From the catalogue."))).Take(MostOfCatalogue);
    }

    private static Pick FromCatalogue(Sku sku, string reason) => new(sku, RecommendationSource.Content, 0, reason) { LowConfidence = true };
}
