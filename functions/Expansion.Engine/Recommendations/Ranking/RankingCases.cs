using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Ranking;

/// <summary>Makes cases of orders that were held back: what could have been known before, and what was bought then.</summary>
internal static class RankingCases
{
    private const int FewestPerBasket = 2;
    private const int MostPerBasket = 8;

    /// <param name="known">How many orders were known; the rest is held back.</param>
    /// <param name="most">At most so many cases, taken evenly.</param>
    public static List<RankingCase> Of(TrainingOrders orders, int known, RecommendationTask task, int most)
    {
        var now = orders.First(known).End;
        var cases = task == RecommendationTask.Basket ? Baskets(orders, known, now, Math.Clamp(most / Math.Max(1, orders.Count - known), FewestPerBasket, MostPerBasket)) : Purchases(orders, known, now, task);
        var step = Math.Max(1, (cases.Count + most - 1) / most);
        return [.. cases.Where((_, index) => index % step == 0)];
    }

    /// <summary>A product is taken out of a basket, to be found again.</summary>
    private static List<RankingCase> Baskets(TrainingOrders orders, int known, double now, int perBasket)
    {
        var cases = new List<RankingCase>();
        for (var order = known; order < orders.Count; order++)
        {
            var basket = orders.Basket(order).ToArray();
            var start = (int)((uint)order * 2654435761u % (uint)basket.Length);
            for (var i = 0; i < Math.Min(perBasket, basket.Length) && basket.Length > 1; i++)
            {
                var hidden = basket[(start + (i * Math.Max(1, basket.Length / perBasket))) % basket.Length];
                cases.Add(new(new(RecommendationTask.Basket, [.. basket.Where(item => item != hidden)], [], now), new HashSet<int> { hidden }));
            }
        }

        return cases;
    }

    /// <summary>A customer's first order of those held back, after all earlier ones.</summary>
    private static List<RankingCase> Purchases(TrainingOrders orders, int known, double now, RecommendationTask task)
    {
        var histories = new Dictionary<int, List<PastOrder>>();
        for (var order = 0; order < known; order++)
        {
            if (orders.Customers[order] is var customer and >= 0)
            {
                if (!histories.TryGetValue(customer, out var history))
                {
                    histories.Add(customer, history = []);
                }

                history.Add(new(orders.Days?[order] ?? 0, orders.Basket(order).ToArray()));
            }
        }

        var cases = new List<RankingCase>();
        for (var order = known; order < orders.Count; order++)
        {
            if (histories.Remove(orders.Customers[order], out var history))
            {
                var bought = orders.Basket(order).ToArray().ToHashSet();
                if (task == RecommendationTask.Discovery)
                {
                    bought.ExceptWith(history.SelectMany(past => past.Items));
                }

                if (bought.Count > 0)
                {
                    cases.Add(new(new(task, [], history, now), bought));
                }
            }
        }

        return cases;
    }
}
