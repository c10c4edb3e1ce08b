namespace Expansion.Engine.Experiments.Guardrails;

/// <summary>What is counted of a unit.</summary>
public enum GuardrailKind
{
    /// <summary>It happened or not.</summary>
    Rate,

    /// <summary>How much.</summary>
    Mean,
}

/// <summary>Something an experiment must not harm, and for how long after exposure it is watched.</summary>
/// <param name="WatchFor">A unit counts once so much time has passed since its exposure.</param>
public sealed record GuardrailPlan(string Name, GuardrailKind Kind, HarmLimit Limit, TimeSpan WatchFor, long MinEvents = GuardrailReading.DefaultMinEvents)
{
    public const string ReturnRate = "return_rate";
    public const string ComplaintRate = "complaint_rate";
    public const string OptOutRate = "opt_out_rate";
    public const string Satisfaction = "satisfaction";
    public const string Retention = "retention";
    public const string LifetimeValue = "lifetime_value";

    /// <summary>Returns, complaints and opt-outs may rise by at most 5 % observed and 20 % proven; retention and satisfaction fall by 2 % and 3 %, lifetime value by 5 %.</summary>
    public static IReadOnlyList<GuardrailPlan> Defaults { get; } =
    [
        new(ReturnRate, GuardrailKind.Rate, new(0.2, 0.05, LowerIsBetter: true), TimeSpan.FromDays(30)),
        new(ComplaintRate, GuardrailKind.Rate, new(0.2, 0.05, LowerIsBetter: true), TimeSpan.FromDays(14)),
        new(OptOutRate, GuardrailKind.Rate, new(0.2, 0.05, LowerIsBetter: true), TimeSpan.FromDays(14)),
        new(Satisfaction, GuardrailKind.Mean, new(0.03, 0.02, LowerIsBetter: false), TimeSpan.FromDays(30)),
        new(Retention, GuardrailKind.Rate, new(0.03, 0.02, LowerIsBetter: false), TimeSpan.FromDays(37)),
        new(LifetimeValue, GuardrailKind.Mean, new(0.05, null, LowerIsBetter: false), TimeSpan.FromDays(90)),
    ];
}
