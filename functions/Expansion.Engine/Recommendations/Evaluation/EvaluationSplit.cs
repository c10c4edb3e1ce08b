using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Evaluation;

/// <summary>
/// Orders cut into those to learn from and questions about the rest: the last fifth by time, or, where not all have one, a fifth taken by hash.
/// </summary>
public sealed class EvaluationSplit
{
    private const double Learned = 0.8;

    private EvaluationSplit(IReadOnlyList<EvaluationOrder> training, IReadOnlyList<EvaluationOrder> test) => (Training, Test) = (training, test);

    public IReadOnlyList<EvaluationOrder> Training { get; }

    public IReadOnlyList<EvaluationOrder> Test { get; }

    public static EvaluationSplit Of(IReadOnlyList<EvaluationOrder> orders)
    {
        var sorted = orders.All(order => order.At is not null)
            ? orders.OrderBy(order => order.At).ThenBy(order => order.Id.Value, StringComparer.Ordinal).ToList()
            : [.. orders.OrderBy(order => TrainingOrdersBuilder.Hash(order.Id.Value)).ThenBy(order => order.Id.Value, StringComparer.Ordinal)];
        var cut = (int)(sorted.Count * Learned);
        return new(sorted[..cut], sorted[cut..]);
    }

    /// <summary>As somebody else cut them; the test orders are put in order of time.</summary>
    public static EvaluationSplit Of(IReadOnlyList<EvaluationOrder> training, IReadOnlyList<EvaluationOrder> test) =>
        new(training, [.. test.OrderBy(order => order.At).ThenBy(order => order.Id.Value, StringComparer.Ordinal)]);

    /// <summary>Orders the trainer takes, and the products of the catalogue beside them.</summary>
    public static TrainingOrders ToTraining(IEnumerable<EvaluationOrder> orders, IEnumerable<CatalogueProduct> products)
    {
        var builder = new TrainingOrdersBuilder();
        foreach (var product in products)
        {
            builder.AddProduct(product.Sku);
        }

        foreach (var order in orders)
        {
            builder.Add(order.Id.Value, order.Customer?.Value, order.At is { } at ? (at - DateTimeOffset.UnixEpoch).TotalDays : null, order.Basket);
        }

        return builder.Build();
    }

    /// <summary>Every known customer's orders.</summary>
    public static Dictionary<CustomerId, List<PastPurchase>> Histories(IEnumerable<EvaluationOrder> orders) => orders
        .Where(order => order.Customer is not null).GroupBy(order => order.Customer!.Value)
        .ToDictionary(customer => customer.Key, customer => customer.Select(order => new PastPurchase(order.At, order.Basket)).ToList());

    /// <summary>One case a question of the task can be made of, from the test orders: a product taken out of its basket, or a customer's first order after those known.</summary>
    public IEnumerable<EvaluationCase> Cases(RecommendationTask task) => task == RecommendationTask.Basket ? Baskets() : Purchases(task);

    private IEnumerable<EvaluationCase> Baskets() => Test.Where(order => order.Basket.Count > 1).Select(order =>
    {
        var hidden = order.Basket[(int)(TrainingOrdersBuilder.Hash(order.Id.Value) % (ulong)order.Basket.Count)];
        return new EvaluationCase(order.Id.Value, new(RecommendationTask.Basket) { Basket = [.. order.Basket.Where(sku => sku != hidden)] }, new HashSet<Sku> { hidden });
    });

    private IEnumerable<EvaluationCase> Purchases(RecommendationTask task)
    {
        var histories = Histories(Training);
        foreach (var order in Test)
        {
            if (order.Customer is { } customer && histories.Remove(customer, out var history))
            {
                var targets = order.Basket.ToHashSet();
                if (task == RecommendationTask.Discovery)
                {
                    targets.ExceptWith(history.SelectMany(past => past.Skus));
                }

                if (targets.Count > 0)
                {
                    yield return new(order.Id.Value, new(task) { Orders = history }, targets);
                }
            }
        }
    }
}
