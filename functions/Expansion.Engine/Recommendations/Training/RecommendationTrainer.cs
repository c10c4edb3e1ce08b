using System.Globalization;
using Expansion.Engine.Recommendations.Content;
using Expansion.Engine.Recommendations.Ranking;

namespace Expansion.Engine.Recommendations.Training;

/// <summary>
/// Makes a model: holds the last fifth of the orders back, learns from the rest who leads to whom and from the held-back what each source is worth, then learns who leads to whom from all.
/// The same orders give the same model, byte for byte, whatever the number of threads.
/// </summary>
public static class RecommendationTrainer
{
    /// <summary>Candidates that are looked at to learn a ranking, at some 300 a case: the bound on time.</summary>
    private const int MostCandidates = 2_000_000;
    private const int CandidatesOfCase = 300;

    /// <param name="products">The catalogue in its order; may lack ordered products and hold others.</param>
    /// <param name="threads">1 or more.</param>
    /// <param name="progress">Told what is being done, in a few words.</param>
    public static RecommendationModel Train(TrainingOrders orders, IReadOnlyCollection<CatalogueProduct> products, int threads, Action<string>? progress = null)
    {
        var numbers = orders.Skus.Select((sku, number) => (sku, number)).ToDictionary(product => product.sku, product => product.number);
        var known = new CatalogueProduct?[orders.Skus.Length];
        foreach (var product in products)
        {
            known[numbers[product.Sku]] ??= product;
        }

        int[] catalogue = [.. products.Select(product => numbers[product.Sku]).Concat(Enumerable.Range(0, known.Length)).Distinct()];
        progress?.Invoke("comparing descriptions");
        var descriptions = Descriptions.Of(orders.Skus, known, ModelSources.Predictors(known.Length), threads);
        var rankings = Rank(orders, descriptions, catalogue, threads, progress);
        progress?.Invoke("learning from all orders");
        var sources = ModelSources.Fit(orders, descriptions, catalogue, threads);
        return new(orders.Skus, Array.ConvertAll(known, ProductDescription.Of), sources, rankings, orders.End);
    }

    private static RankingModel[] Rank(TrainingOrders orders, Descriptions descriptions, int[] catalogue, int threads, Action<string>? progress)
    {
        var lessons = orders.HoldBack().Select(held =>
        {
            progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"learning from {held.Known:N0} orders, the next {held.Orders.Count - held.Known:N0} held back"));
            return (held.Orders, held.Known, Sources: ModelSources.Fit(held.Orders.First(held.Known), descriptions, catalogue, threads));
        }).ToList();
        var mostCases = MostCandidates / Math.Clamp(orders.Skus.Length, 1, CandidatesOfCase);
        return [.. Enum.GetValues<RecommendationTask>().Select(task =>
        {
            progress?.Invoke(task switch
            {
                RecommendationTask.Basket => "ranking what completes a basket",
                RecommendationTask.NextPurchase => "ranking what is bought next",
                _ => "ranking what is discovered next",
            });
            return RankingTrainer.Train(
                [.. lessons.Select(lesson => (lesson.Sources, (IReadOnlyList<RankingCase>)RankingCases.Of(lesson.Orders, lesson.Known, task, mostCases / lessons.Count)))], task, threads);
        })];
    }
}
