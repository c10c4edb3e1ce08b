using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>Finds what could take the place of what is looked at: higher tiers first, then larger sizes, then dearer ones of the same type, those named alike first.</summary>
internal static class Upsells
{
    private const int MostOfType = 50;

    public static IEnumerable<Pick> Of(ShelfContext context) => Tiers(context).Concat(context.Items.SelectMany(item => Sizes(context, item))).Concat(context.Items.SelectMany(item => Better(context, item)));

    /// <summary>The pick marked as an upsell where it is one. What people buy together with what is looked at adds to it, though it be dearer.</summary>
    public static Pick Label(Pick pick, CatalogueItem? item, ShelfContext context)
    {
        foreach (var given in context.Request.Context)
        {
            var known = context.Catalogue.Find(given);
            var reason = Replacement.Tier(pick.Sku, given, known?.FullTitle(), context.Rules.Ladders)
                ?? (item is null || known is null ? null : Replacement.Size(item, known) ?? (pick.Source == RecommendationSource.Content ? Replacement.Better(item, known) : null));
            if (reason is not null)
            {
                return pick with { Kind = PickKind.Upsell, Reason = reason };
            }
        }

        return pick;
    }

    private static IEnumerable<Pick> Tiers(ShelfContext context) =>
        from given in context.Request.Context
        from ladder in context.Rules.Ladders
        where ladder.Contains(given)
        from higher in ladder.SkipWhile(sku => sku != given).Skip(1)
        select Upsell(higher, Replacement.Tier(higher, given, context.Catalogue.Find(given)?.FullTitle(), context.Rules.Ladders)!) with { LowConfidence = false };

    private static IEnumerable<Pick> Sizes(ShelfContext context, CatalogueItem given) =>
        from sku in given.Family() is { } family ? context.Catalogue.OfFamily(family) : []
        let item = context.Catalogue.Find(sku)
        let reason = Replacement.Size(item, given)
        where reason is not null
        orderby ItemSize.Of(item)!.Value.Amount
        select Upsell(sku, reason);

    private static IEnumerable<Pick> Better(ShelfContext context, CatalogueItem given)
    {
        var words = TitleWords.Of(given.Title);
        return (from sku in given.Type is { Length: > 0 } type ? context.Catalogue.OfType(type) : []
                let item = context.Catalogue.Find(sku)
                let reason = Replacement.Better(item, given)
                where reason is not null
                orderby TitleWords.Overlap(words, TitleWords.Of(item.Title)) descending, item.Price!.Value.Amount, sku
                select Upsell(sku, reason)).Take(MostOfType);
    }

    /// <summary>Nobody's purchases stand behind it.</summary>
    private static Pick Upsell(Sku sku, string reason) => new(sku, RecommendationSource.Content, 0, reason) { Kind = PickKind.Upsell, LowConfidence = true };
}
