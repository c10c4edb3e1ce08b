namespace Expansion.Engine.Metrics;

/// <summary>Every metric in one list.</summary>
public static class BusinessMetrics
{
    public static IReadOnlyList<IMetric> All { get; } =
    [
        new AttachRateMetric(),
        new UpgradeRateMetric(),
        new RevenuePerCustomerMetric(),
        new NetRevenueRetentionMetric(),
        new RecommendationConversionMetric(),
        new AverageItemsPerOrderMetric(),
        new ExpansionRevenueShareMetric(),
    ];
}
