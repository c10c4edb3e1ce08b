using System.Text.Json;
using Expansion.Cli.Verbs.Experiments;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Cli.Verbs.Metrics;

/// <summary>Every metric of metrics_reference.json and what answers it.</summary>
internal static class MetricCases
{
    public static IReadOnlyDictionary<string, Func<JsonElement, object>> Kinds { get; } = new Dictionary<string, Func<JsonElement, object>>
    {
        ["attach_rate"] = CaseFile.Kind<OrdersInput>(it => it.Count == AttachCount.Orders
            ? new AttachRateMetric().OfOrders(new() { Orders = it.Sums }, it.NetOfReturns ?? true)
            : new AttachRateMetric().Measure(new() { Orders = it.Sums }, it.NetOfReturns ?? true)),
        ["average_items_per_order"] = CaseFile.Kind<OrdersInput>(it => new AverageItemsPerOrderMetric().Measure(new() { Orders = it.Sums }, it.NetOfReturns ?? false)),
        ["upgrade_rate"] = CaseFile.Kind<PlansInput>(it => new UpgradeRateMetric().Measure(new() { Plans = it.Sums })),
        ["revenue_per_customer"] = CaseFile.Kind<RevenueInput>(it => new RevenuePerCustomerMetric().Measure(new() { Revenue = it.Sums })),
        ["net_revenue_retention"] = CaseFile.Kind<MrrInput>(it => Retention(it.Sums)),
        ["recommendation_conversion"] = CaseFile.Kind<ImpressionsInput>(it => Conversion(it.Sums)),
        ["expansion_revenue_share"] = CaseFile.Kind<RevenueLinesInput>(it => new ExpansionRevenueShareMetric().Measure(new() { Revenue = it.Sums })),
        ["return_rate"] = CaseFile.Kind<ReturnsInput>(it => Matured(it.Sums)),
        ["retention_rate"] = CaseFile.Kind<RetentionInput>(it => Matured(it.Sums)),
        ["lifetime_value"] = CaseFile.Kind<LifetimeValueInput>(it => Matured(it.Sums)),
    };

    private static object Retention(MrrMovements mrr)
    {
        var sums = new PeriodSums { Mrr = mrr };
        var net = new NetRevenueRetentionMetric().Measure(sums);
        return new
        {
            StartMrr = mrr.Start,
            mrr.Expansion,
            mrr.Contraction,
            mrr.Churn,
            NewMrr = mrr.New,
            ReactivationMrr = mrr.Reactivation,
            net.Value,
            GrossRevenueRetention = NetRevenueRetentionMetric.Gross(sums).Value,
            net.Benchmark,
        };
    }

    private static object Conversion(OfferSums offers)
    {
        var value = new RecommendationConversionMetric().Measure(new() { Offers = offers });
        return new { value.Numerator, value.Denominator, offers.OrphanClicks, value.Value, value.Interval, value.Benchmark };
    }

    private static object Matured(MaturedSums sums)
    {
        var value = sums.Value;
        return new { value.Numerator, value.Denominator, sums.Immature, value.Value, value.Benchmark };
    }
}
