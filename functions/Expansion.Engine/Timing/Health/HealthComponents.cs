using System.Globalization;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Health;

/// <summary>The parts of a computed score, each from what was known at a time. One without anything to go by is left out rather than guessed.</summary>
internal static class HealthComponents
{
    private const int TrendDays = 28;
    private const int TicketDays = 30;
    private const int PaymentDays = 90;
    private const int ReturnDays = 180;

    private delegate (double Value, FormattableString Explanation)? Component(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day);

    private static readonly (string Name, Func<HealthOptions, double> Weight, Component Read)[] All =
    [
        ("usage_trend", options => options.UsageTrend, UsageTrend),
        ("breadth", options => options.Breadth, Breadth),
        ("tickets", options => options.Tickets, Tickets),
        ("payments", options => options.Payments, Payments),
        ("returns", options => options.Returns, Returns),
        ("recency", options => options.Recency, Recency),
    ];

    public static IReadOnlyList<HealthComponent> Of(CustomerState customer, HealthOptions options, DateTimeOffset at, TimeZoneInfo zone)
    {
        var known = Read(customer, options, at, zone);
        var weights = known.Sum(component => component.Weight);
        return [.. known.Select(component => new HealthComponent(
            component.Name, component.Value, component.Weight, 100 * component.Weight * component.Value / weights, component.Explanation.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>The score alone; null when no component has anything to go by.</summary>
    public static double? Score(CustomerState customer, HealthOptions options, DateTimeOffset at, TimeZoneInfo zone)
    {
        var known = Read(customer, options, at, zone);
        return known.Count == 0 ? null : 100 * known.Sum(component => component.Weight * component.Value) / known.Sum(component => component.Weight);
    }

    private static List<(string Name, double Weight, double Value, FormattableString Explanation)> Read(CustomerState customer, HealthOptions options, DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var known = new List<(string, double, double, FormattableString)>(All.Length);
        foreach (var (name, weight, read) in All)
        {
            if (weight(options) is > 0 and var counted && read(customer, options, at, day) is { } reading)
            {
                known.Add((name, counted, reading.Value, reading.Explanation));
            }
        }

        return known;
    }

    /// <summary>0.7 for steady use, 1 for half as much again, 0.1 for none; of several metrics the mean. Nothing before eight weeks are known.</summary>
    private static (double, FormattableString)? UsageTrend(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var ratios = customer.Usage.Metrics.Values
            .Where(metric => !metric.Days.Days.IsEmpty && metric.Days.Days.Keys.First() <= day.AddDays(1 - (2 * TrendDays)))
            .Select(metric => (Now: metric.Days.Sum(day, TrendDays), Before: metric.Days.Sum(day.AddDays(-TrendDays), TrendDays)))
            .Where(sums => sums.Before > 0).Select(sums => sums.Now / sums.Before).ToList();
        return ratios.Count == 0 ? null
            : (ratios.Average(ratio => Math.Clamp(0.7 + (0.6 * (ratio - 1)), 0, 1)), $"Use in the last {TrendDays} days is {ratios.Average():P0} of that in the {TrendDays} before.");
    }

    private static (double, FormattableString)? Breadth(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var used = customer.Usage.Features.Where(feature => feature.Value.Days.Sum(day, TrendDays) > 0).Select(feature => feature.Key).ToList();
        var features = customer.Subscription.Terms?.Value.Features;
        return features is not { Count: > 0 } ? null
            : ((double)used.Count(features.Contains) / features.Count, $"{used.Count(features.Contains)} of {features.Count} features were used in the last {TrendDays} days.");
    }

    private static (double, FormattableString)? Tickets(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var lately = customer.Support.Tickets.Values.Count(ticket => ticket.OpenedAt <= at && ticket.OpenedAt > at.AddDays(-TicketDays));
        var open = customer.Support.Tickets.Values.Where(ticket => ticket.IsOpenAt(at)).ToList();
        var severe = open.Count(ticket => ticket.Severity >= TicketSeverity.High);
        return (Math.Clamp(1 - (0.15 * lately) - (0.15 * open.Count) - (0.3 * severe), 0, 1), $"{lately} tickets in {TicketDays} days, {open.Count} open, {severe} of them severe.");
    }

    private static (double, FormattableString)? Payments(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var payments = customer.Subscription.Payments.Where(payment => payment.At <= at && payment.At > at.AddDays(-PaymentDays)).ToList();
        return payments switch
        {
            [] => null,
            [.., { Value: true }] => (0, $"The last payment failed."),
            _ when payments.Exists(payment => payment.Value) => (0.6, $"A payment failed in the last {PaymentDays} days, the last one went through."),
            _ => (1, $"All payments of the last {PaymentDays} days went through."),
        };
    }

    private static (double, FormattableString)? Returns(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var since = at.AddDays(-ReturnDays);
        var bought = customer.Shopping.Kept.Where(order => order.At <= at && order.At > since).Sum(order => order.Skus.Count);
        var back = customer.Shopping.Returns.Count(known => known.At <= at && known.At > since);
        return bought == 0 ? null : (Math.Clamp(1 - ((double)back / bought), 0, 1), $"{back} of {bought} products came back in {ReturnDays} days.");
    }

    /// <summary>Halves with every half-life since the last order or use.</summary>
    private static (double, FormattableString)? Recency(CustomerState customer, HealthOptions options, DateTimeOffset at, DateOnly day)
    {
        var days = customer.Shopping.Kept.Where(order => order.At <= at).Select(order => (at - order.At).TotalDays)
            .Concat(customer.Usage.Metrics.Values.Select(metric => DaysSince(metric.Days, day)))
            .Concat(customer.Usage.Features.Values.Select(feature => DaysSince(feature.Days, day)))
            .Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        return double.IsNaN(days) ? null : (Math.Pow(0.5, days / options.RecencyHalfLifeDays), $"Last active {days:0} days ago.");
    }

    private static double DaysSince(DailySums sums, DateOnly day) =>
        sums.Days.Keys.Where(known => known <= day).Select(known => (double)(day.DayNumber - known.DayNumber)).DefaultIfEmpty(double.NaN).Last();

}
