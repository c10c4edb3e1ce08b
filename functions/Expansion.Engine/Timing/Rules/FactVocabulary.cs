using System.Text.Json;

namespace Expansion.Engine.Timing.Rules;

/// <summary>All that a rule can ask. A new condition is one entry.</summary>
internal static class FactVocabulary
{
    public static IReadOnlyDictionary<string, Fact> All { get; } = new Fact[]
    {
        new("bought", FactKind.Flag, ["product", "days?"], (context, given) => Bought(context, given), given => $"the customer has bought {given["product"]}{given.InDays}"),
        new("plan", FactKind.Text, [], (context, _) => context.Customer.Subscription.Terms?.Value.Plan, _ => "the plan"),
        new("billing", FactKind.Text, [], (context, _) => Word(context.Customer.Subscription.Terms?.Value.Interval), _ => "the billing interval"),
        new("feature_uses", FactKind.Number, ["feature", "days"], (context, given) => FeatureUses(context, given), given => $"the number of uses of {given["feature"]}{given.InDays}"),
        new("usage_change", FactKind.Number, ["days", "metric?"], (context, given) => UsageChange(context, given), given => $"the change of {given.Find("metric") ?? "use"}{given.InDays}, in percent,"),
        new("days_to_renewal", FactKind.Number, [], (context, _) => DaysToRenewal(context), _ => "the number of days to renewal"),
        new("cart_value", FactKind.Number, [], (context, _) => (double?)context.Customer.Shopping.Cart?.Value.Total.Amount, _ => "the worth of the cart"),
        new("cart_holds", FactKind.Flag, ["product"], (context, given) => context.Customer.Shopping.Cart?.Value.Skus.Contains(new(given["product"])) == true, given => $"the cart holds {given["product"]}"),
        new("orders", FactKind.Number, ["days?"], (context, given) => (double)context.Customer.Shopping.Kept.Count(order => IsWithin(context, given, order.At)), given => $"the number of orders{given.InDays}"),
        new("tenure_days", FactKind.Number, [], (context, _) => Tenure(context), _ => "the number of days as a customer"),
        new("segment", FactKind.Text, [], (context, _) => context.Customer.Segment?.Value, _ => "the segment"),
        new("health", FactKind.Number, [], (context, _) => context.Health.Score, _ => "health"),
        new("adoption", FactKind.Text, [], (context, _) => Word(Adoption.Of(context).Stage), _ => "adoption"),
        new("open_tickets", FactKind.Number, [], (context, _) => (double)context.Customer.Support.Tickets.Values.Count(ticket => ticket.IsOpen), _ => "the number of open tickets"),
        new("rating", FactKind.Number, [], (context, _) => (double?)context.Customer.Support.Review?.Value.Rating, _ => "the rating of the last review"),
    }.ToDictionary(fact => fact.Name);

    private static bool IsWithin(TimingContext context, FactArguments given, DateTimeOffset at) => given.Days is not { } days || at > context.Now.AddDays(-days);

    private static bool Bought(TimingContext context, FactArguments given) =>
        new Sku(given["product"]) is var product && context.Customer.Shopping.Has(product)
        && context.Customer.Shopping.Kept.Any(order => order.Skus.Contains(product) && IsWithin(context, given, order.At));

    private static double FeatureUses(TimingContext context, FactArguments given) =>
        context.Customer.Usage.Features.GetValueOrDefault(given["feature"])?.Days.Sum(context.Today, given.Days!.Value) ?? 0;

    /// <summary>Use in the last days against as many days before, in percent; of several metrics the one that rose most. Unknown while nothing was used before.</summary>
    private static double? UsageChange(TimingContext context, FactArguments given)
    {
        var days = given.Days!.Value;
        return context.Customer.Usage.Metrics.Where(metric => given.Find("metric") is not { } name || metric.Key == name)
            .Select(metric => (Now: metric.Value.Days.Sum(context.Today, days), Before: metric.Value.Days.Sum(context.Today.AddDays(-days), days)))
            .Where(sums => sums.Before > 0)
            .Select(sums => (double?)(100 * (sums.Now - sums.Before) / sums.Before)).Max();
    }

    private static double? DaysToRenewal(TimingContext context) =>
        context.Customer.Subscription is { IsCancelled: false, RenewsAt.Value: { } renews } && renews >= context.Now ? (renews - context.Now).TotalDays : null;

    private static double? Tenure(TimingContext context) =>
        new[] { context.Customer.Subscription.StartedAt, context.Customer.Shopping.FirstOrderAt }.Min() is { } since ? (context.Now - since).TotalDays : null;

    private static string? Word<T>(T? value) => value?.ToString() is { } word ? JsonNamingPolicy.SnakeCaseLower.ConvertName(word) : null;
}
