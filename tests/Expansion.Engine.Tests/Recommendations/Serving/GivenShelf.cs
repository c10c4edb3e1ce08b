using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Tests.Recommendations.Serving;

/// <summary>A shelf beside the product "given", with picks that others bought with it.</summary>
internal sealed record GivenShelf(params CatalogueItem[] Items)
{
    public static readonly Sku Given = new("given");

    public ShelfRequest Request { get; init; } = new() { Context = [Given], Limit = 10 };

    public RecommendationRules Rules { get; init; } = new();

    public IReadOnlyList<PairDecision> Decisions { get; init; } = [];

    public Func<Sku, double> Sold { get; init; } = _ => 0;

    public static CatalogueItem Item(string sku) => new(new Sku(sku)) { Title = sku, Price = new(10, "EUR"), Stock = 5, Status = ItemStatus.Active, Published = true };

    public static Pick Bought(string sku) => new(new Sku(sku), RecommendationSource.Collaborative, 1, "Often bought together.");

    public static Pick Alike(string sku) => new(new Sku(sku), RecommendationSource.Content, 1, "Similar.") { LowConfidence = true };

    public ShelfAnswer Fill(params IEnumerable<Pick>[] sources) => Shelf.Fill(
        new(Request, new([.. Items.Select(item => CatalogueEntry.Of(new(item, CatalogueSource.Api, DateTimeOffset.UnixEpoch)))]), Rules, new(Decisions)), sources, Sold);

    public string Show(params string[] bought) => Show(Fill(bought.Select(Bought)));

    public static string Show(ShelfAnswer answer) => string.Join(' ', answer.Picks.Select(pick => pick.Sku.Value));

    public static PairDecision Decided(string partner, PairVerdict verdict)
    {
        var (a, b) = PairDecision.InOrder(Given, new(partner));
        return new(a, b, verdict, null, "test", DateTimeOffset.UnixEpoch);
    }
}
