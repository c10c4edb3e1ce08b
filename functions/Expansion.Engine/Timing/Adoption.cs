using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing;

public enum AdoptionStage
{
    /// <summary>Still finding the way in: cross-sell first.</summary>
    Early,

    Growing,

    /// <summary>At home, or at the limits of the plan: upsell.</summary>
    Deep,
}

public sealed record AdoptionOptions
{
    /// <summary>Share of features in use below which adoption is early: 0 to 1.</summary>
    [Range(0, 1)]
    public double EarlyBreadth { get; init; } = 0.4;

    /// <summary>Share of features, or of an allowance, from which it is deep: 0 to 1.</summary>
    [Range(0, 1)]
    public double DeepShare { get; init; } = 0.7;

    /// <summary>Orders from which somebody without a plan is growing: 2 to 100.</summary>
    [Range(2, 100)]
    public int GrowingOrders { get; init; } = 2;

    /// <summary>Orders from which somebody without a plan is deep: 2 to 1,000.</summary>
    [Range(2, 1000)]
    public int DeepOrders { get; init; } = 5;
}

/// <summary>How far a customer has come, from the features and allowances of the plan, or from the orders of who has no plan.</summary>
public sealed record Adoption(AdoptionStage Stage, string Reason)
{
    private const int Days = 60;

    public static Adoption Of(TimingContext context)
    {
        var (options, customer) = (context.Settings.Adoption, context.Customer);
        if (customer.Subscription.Terms is null)
        {
            var orders = customer.Shopping.Kept.Count();
            return new(Classify(orders, options.GrowingOrders, options.DeepOrders), $"{orders} orders.");
        }

        var breadth = Breadth(context, context.Plans.FeaturesOf(customer.Subscription.Terms.Value));
        var depth = customer.Usage.Metrics.Values.Select(metric => metric.Allowance?.Value.Share ?? 0).DefaultIfEmpty().Max();
        return new(
            depth >= options.DeepShare ? AdoptionStage.Deep : Classify(breadth, options.EarlyBreadth, options.DeepShare),
            string.Create(CultureInfo.InvariantCulture, $"{breadth:P0} of the features in use in {Days} days, {depth:P0} of the tightest allowance."));
    }

    private static AdoptionStage Classify(double value, double growing, double deep) => value >= deep ? AdoptionStage.Deep : value >= growing ? AdoptionStage.Growing : AdoptionStage.Early;

    private static double Breadth(TimingContext context, IReadOnlyList<string> features) => features.Count == 0
        ? 0
        : (double)features.Count(feature => context.Customer.Usage.Features.GetValueOrDefault(feature)?.Days.Sum(context.Today, Days) > 0) / features.Count;
}
