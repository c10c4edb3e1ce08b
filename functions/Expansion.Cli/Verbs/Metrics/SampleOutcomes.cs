using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Cli.Verbs.Metrics;

/// <summary>A day of a made-up shop, for measuring: 60 % showings, 6 % clicks, 20 % orders, 14 % revenue and refunds.</summary>
internal static class SampleOutcomes
{
    private static readonly string[] Touchpoints = ["cart_page", "checkout", "product_page", "post_purchase_email"];
    private static readonly string[] Sources = ["affinity", "collaborative", "content", "bestseller"];

    public static List<Outcome> Day(DateTimeOffset start, int outcomes, int customers, int seed)
    {
        var random = new Random(seed);
        var day = new List<Outcome>(outcomes);
        for (var i = 0; i < outcomes; i++)
        {
            var customer = random.Next(customers);
            var (kind, id) = random.Next(100) switch
            {
                < 60 => (OutcomeKind.Impression, $"{seed}-{i}"),
                < 66 => (OutcomeKind.Click, $"{seed}-{random.Next(i + 1)}"),
                < 86 => (OutcomeKind.Order, $"{seed}-{i}"),
                < 97 => (OutcomeKind.Revenue, $"{seed}-{i}"),
                _ => (OutcomeKind.Refund, $"{seed}-{i}"),
            };
            day.Add(new(id, kind, start.AddSeconds(random.Next(86_400)), new CustomerId($"customer-{customer}"))
            {
                Tags = new(Touchpoints[random.Next(4)], Sources[random.Next(4)], $"segment-{customer % 5}", new YearMonth(2025, 1 + (customer % 12))),
                Order = kind == OutcomeKind.Order ? new(OrderStatus.Completed, [new(LineRole.Main, 1 + random.Next(3)), new(LineRole.CrossSell, random.Next(2))]) : null,
                Amount = random.Next(100, 20_000) / 100m,
                RevenueKind = (RevenueKind)random.Next(4),
            });
        }

        return day;
    }
}
