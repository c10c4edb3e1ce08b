using Expansion.Engine;
using Expansion.Engine.Recommendations.Evaluation;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Cli.Verbs.Evaluate;

/// <param name="Titles">As they stand in the lines, in the file's order.</param>
internal sealed record PlainOrders(IReadOnlyList<EvaluationOrder> Orders, IReadOnlyList<(OrderId Order, Sku Sku, string Title)> Titles)
{
    /// <summary>The products as the lines of the given orders call them, the last title of each: what later orders say would tell the future.</summary>
    public IReadOnlyList<CatalogueProduct> Products(IEnumerable<EvaluationOrder> known)
    {
        var orders = known.Select(order => order.Id).ToHashSet();
        var titles = new Dictionary<Sku, string>();
        foreach (var (_, sku, title) in Titles.Where(line => orders.Contains(line.Order)))
        {
            titles[sku] = title;
        }

        return [.. titles.OrderBy(title => title.Key).Select(title => new CatalogueProduct(title.Key) { Title = title.Value })];
    }
}
