using Expansion.Engine;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Metrics;

/// <summary>The part of a shop's business and the time that a request asks for.</summary>
internal sealed record MetricQuery(Period Period, Slice Slice)
{
    private const int MaxDays = 800;

    /// <param name="today">The last day when none is named; the first is then 29 days before.</param>
    public static MetricQuery Read(QueryReader query, DateOnly today)
    {
        var to = query.Day("to") ?? today;
        var from = query.Day("from") ?? to.AddDays(-Math.Min(29, to.DayNumber));
        query.Check(from <= to && to.DayNumber - from.DayNumber < MaxDays, $"from must not be after to, and at most {MaxDays} days before it.");
        return new(from <= to ? new(from, to) : new(to, to), Part(query));
    }

    private static Slice Part(QueryReader query)
    {
        if (query.Text("slice") is not { } text)
        {
            return Slice.All;
        }

        var parts = text.Split(':', 2);
        var kind = ExpansionJson.FromWord<SliceKind>(parts[0]);
        query.Check(kind is { } known && (known == SliceKind.All || parts.Length == 2), $"slice is '{text}'; it must be like touchpoint:cart_page, source:affinity, segment:vip or cohort:2026-03.");
        return kind is null or SliceKind.All || parts.Length < 2 ? Slice.All : new(kind.Value, parts[1]);
    }
}
