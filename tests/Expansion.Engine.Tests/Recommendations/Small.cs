using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Tests.Recommendations;

/// <summary>Orders so few that what is learned of them can be worked out by hand.</summary>
internal static class Small
{
    /// <summary>Undated baskets of products whose SKUs are one letter: "ab" holds a and b.</summary>
    public static TrainingOrders Baskets(params string[] baskets) =>
        Orders([.. baskets.Select(basket => ((string?)null, (double?)null, basket))]);

    public static TrainingOrders Orders(params (string? Customer, double? Day, string Basket)[] orders)
    {
        var builder = new TrainingOrdersBuilder();
        for (var number = 0; number < orders.Length; number++)
        {
            builder.Add($"{number:D5}", orders[number].Customer, orders[number].Day, orders[number].Basket.Select(letter => new Sku(letter.ToString())));
        }

        return builder.Build();
    }
}
