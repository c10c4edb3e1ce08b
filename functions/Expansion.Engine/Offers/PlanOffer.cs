using System.Globalization;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Offers;

/// <summary>A plan that can be had.</summary>
public sealed record PlanOffer(string Name, Money MonthlyPrice)
{
    /// <summary>The price of a year at once; null where there is none.</summary>
    public Money? AnnualPrice { get; init; }

    public IReadOnlyList<string> Features { get; init; } = [];

    public IReadOnlyDictionary<string, double> Limits { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// What this plan adds to the customer's, each in words: without any, asking more for it would be price gouging. What isn't known of the customer's plan counts as had.
    /// </summary>
    public IReadOnlyList<string> GainsOver(PlanTerms current) =>
    [
        .. current.Features is { } features ? Features.Except(features) : [],
        .. from limit in Limits
           let have = current.Limits?.TryGetValue(limit.Key, out var known) == true ? known : double.PositiveInfinity
           where limit.Value > have
           orderby limit.Key
           select string.Create(CultureInfo.InvariantCulture, $"{limit.Value:#,0.##} {limit.Key} instead of {have:#,0.##}"),
    ];

    /// <summary>The customer's terms, with what they leave open taken from the plan as it is sold.</summary>
    public static PlanTerms Known(PlanTerms terms, IEnumerable<PlanOffer> plans) => plans.FirstOrDefault(plan => plan.Name == terms.Plan) is { } sold
        ? terms with { Features = terms.Features ?? sold.Features, Limits = terms.Limits ?? sold.Limits, Mrr = terms.Mrr ?? sold.MonthlyPrice }
        : terms;
}
