using System.Diagnostics.Metrics;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Functions.Operations;

namespace Expansion.Functions.Offers;

/// <summary>What was decided, as a metric.</summary>
public static class DecisionMeter
{
    private static readonly Counter<long> Decisions = AppMeter.Meter.CreateCounter<long>("expansion.decisions", "{decision}", "Decisions on offers, silences too.");

    public static void Add(Decision decision) => Decisions.Add(
        1, new("touchpoint", ExpansionJson.Word(decision.Touchpoint)), new("outcome", decision.Offer is null ? "silence" : "offer"));
}
