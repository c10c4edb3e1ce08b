using Expansion.Engine.Experiments.Bandit;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Planning;
using Expansion.Engine.Experiments.Statistics;
using Expansion.Engine.Experiments.Traffic;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Engine.Experiments.Readings;

/// <summary>Reads an experiment from its visitors: the same visitors at the same time always give the same reading.</summary>
/// <param name="visitors">Everybody exposed.</param>
/// <param name="held">Everybody who had an occasion in an experiment with a holdout: 0 held out, 1 not.</param>
public sealed class ExperimentReader(Experiment experiment, IReadOnlyList<ExposedVisitor> visitors, IReadOnlyList<ExposedVisitor> held)
{
    private static readonly DecisionStatus[] Undecided = [DecisionStatus.Collecting, DecisionStatus.NoData, DecisionStatus.InvalidSrm];

    private readonly ExperimentDefinition _definition = experiment.Definition;
    private readonly int _treatments = experiment.Definition.Variations.Count - 1;
    private readonly ILookup<int, ExposedVisitor> _arms = visitors.ToLookup(visitor => visitor.Exposure.Variation);

    private DecisionSettings Settings => _definition.Decision with { Weights = [.. _definition.Variations.Select(variation => variation.Weight)] };

    /// <param name="before">The last reading, which knows whether the test has ended.</param>
    public ExperimentReading Read(DateTimeOffset now, ExperimentReading? before)
    {
        var sums = Sums(now);
        var reading = new ExperimentReading(now)
        {
            Traffic = _definition.Mode == ExperimentMode.Bandit ? new(1, false) : Traffic(),
            Incremental = _definition.Holdout > 0 ? IncrementalRevenue.Of(Revenue(held, 0, now), Revenue(held, 1, now)) : null,
            Harm = Harm(now),
            Elsewhere = visitors.Where(visitor => visitor.IsMature(now)).Aggregate(OtherCurrencies.None, (sum, visitor) => sum + visitor.Elsewhere),
        };
        reading = _definition.Mode == ExperimentMode.Bandit ? reading with { Bandit = Estimates(now) } : Decided(reading, now, before);
        var guardrails = reading.DecidedAt is { } decided ? Guardrails(decided, now) : [.. Enumerable.Repeat<IReadOnlyList<GuardrailReading>>([], _treatments)];
        return reading with
        {
            Variations = [.. _definition.Variations.Select((variation, i) => new VariationReading(
                variation.Name,
                _arms[i].LongCount(),
                sums[i].Conversions.Visitors,
                sums[i].Conversions.Conversions,
                sums[i].Revenue.Sum,
                sums[i].Margin.Sum,
                i == 0 ? [] : guardrails[i - 1]))],
            Treatments = reading.Traffic.Mismatch ? [] : TreatmentReport.Of(sums[0], sums[1..]),
            Effects = reading.Traffic.Mismatch || _definition.Mode == ExperimentMode.Bandit
                ? []
                : TreatmentEffects.Of([.. _definition.Variations.Skip(1).Select(variation => variation.Name)], Settings, sums[0], sums[1..]),
        };
    }

    /// <summary>A bandit's chances of now, by conversion.</summary>
    public IReadOnlyList<double> Chances(DateTimeOffset now, IReadOnlySet<int> harmed) => ThompsonBandit.Propensities([.. Sums(now).Select(sums => sums.Conversions)], harmed);

    private ArmSums[] Sums(DateTimeOffset now) =>
    [
        .. Enumerable.Range(0, _treatments + 1).Select(arm => _arms[arm].Where(visitor => visitor.IsMature(now)).Aggregate(default(ArmSums), (sum, visitor) => sum + visitor.Sums(experiment.RevenueCap))),
    ];

    private static MeanStatistic Revenue(IEnumerable<ExposedVisitor> visitors, int arm, DateTimeOffset now) => visitors
        .Where(visitor => visitor.Exposure.Variation == arm && visitor.IsMature(now))
        .Aggregate(default(MeanStatistic), (sum, visitor) => sum + visitor.Sums(null).Revenue);

    /// <summary>On everybody exposed, a day at a time.</summary>
    private TrafficReading Traffic()
    {
        var days = visitors.GroupBy(visitor => visitor.Exposure.At.UtcDateTime.Date).OrderBy(day => day.Key)
            .Select(day => (IReadOnlyList<long>)[.. Enumerable.Range(0, _treatments + 1).Select(arm => day.LongCount(visitor => visitor.Exposure.Variation == arm))]);
        var run = SequentialSampleRatioTest.Run(days, Settings.Weights!);
        return new(run.Looks.Count == 0 ? 1 : run.Looks[^1].PValue, run.Mismatch);
    }

    /// <summary>The primary test looks at what was mature when it ended; the guardrails at the same visitors, each once its time has passed for all of them.</summary>
    private ExperimentReading Decided(ExperimentReading reading, DateTimeOffset now, ExperimentReading? before)
    {
        var at = before?.DecidedAt ?? now;
        var (sums, guardrails) = (Sums(at), Guardrails(at, now));
        var (control, treatments) = (Arm(sums[0]), sums[1..].Select((arm, i) => Arm(arm) with { Guardrails = guardrails[i] }).ToList());
        var decision = reading.Traffic.Mismatch
            ? new(DecisionStatus.InvalidSrm) { Reasons = ["sample_ratio_mismatch"], SrmPValue = reading.Traffic.PValue }
            : DecisionRule.Decide(Settings, experiment.DaysRun(at), control, treatments);
        if (before?.DecidedAt is not null && Undecided.Contains(decision.Status) && decision.Status != DecisionStatus.InvalidSrm)
        {
            // What came in late would undo the end of the test; it doesn't.
            return reading with { Decision = before.Decision, Verdict = before.Verdict, DecidedAt = before.DecidedAt };
        }

        return reading with
        {
            Decision = decision,
            Verdict = Verdict.Of(decision, Settings, experiment.DaysRun(at), control, treatments, [.. _definition.Variations.Select(variation => variation.Name)]),
            DecidedAt = before?.DecidedAt ?? (Undecided.Contains(decision.Status) ? null : now),
        };

        static ArmReading Arm(ArmSums sums) => new(sums.Conversions) { Revenue = sums.CappedRevenue };
    }

    /// <summary>By treatment. Pending until the time after exposure, and of an order, has passed for everybody who was exposed by the decision.</summary>
    private List<IReadOnlyList<GuardrailReading>> Guardrails(DateTimeOffset decided, DateTimeOffset now)
    {
        return [.. Enumerable.Range(1, _treatments).Select(treatment => (IReadOnlyList<GuardrailReading>)[.. _definition.Guardrails.Select(plan => Read(plan, treatment))])];

        GuardrailReading Read(GuardrailPlan plan, int treatment)
        {
            var due = decided + plan.WatchFor + (plan.Name == GuardrailPlan.ReturnRate ? Outcomes.ExposureWindow.Default.Length : TimeSpan.Zero);
            return plan.Kind == GuardrailKind.Rate
                ? GuardrailReading.OfRate(plan.Name, Events(plan, 0, due), Events(plan, treatment, due), plan.Limit, now >= due, plan.MinEvents)
                : GuardrailReading.OfMean(plan.Name, Values(plan, 0, due), Values(plan, treatment, due), plan.Limit, now >= due);
        }

        EventCount Events(GuardrailPlan plan, int arm, DateTimeOffset due) => Cohort(arm).Aggregate(default(EventCount), (sum, visitor) => sum + visitor.Events(plan, due, matureOnly: true));

        MeanStatistic Values(GuardrailPlan plan, int arm, DateTimeOffset due) => Cohort(arm).Aggregate(default(MeanStatistic), (sum, visitor) => sum + visitor.Values(plan, due));

        IEnumerable<ExposedVisitor> Cohort(int arm) => _arms[arm].Where(visitor => visitor.Exposure.At <= decided);
    }

    private Dictionary<int, string> Harm(DateTimeOffset now)
    {
        var shares = _definition.Guardrails.Count * _treatments;
        var harm = new Dictionary<int, string>();
        foreach (var plan in _definition.Guardrails)
        {
            for (var treatment = 1; treatment <= _treatments; treatment++)
            {
                var words = plan.Kind == GuardrailKind.Rate
                    ? HarmAlarm.OfRate(plan, Events(plan, 0), Events(plan, treatment), shares, Expected(plan))
                    : HarmAlarm.OfMean(plan, Values(plan, 0), Values(plan, treatment), shares, Expected(plan));
                if (words is not null)
                {
                    harm.TryAdd(treatment - 1, words);
                }
            }
        }

        return harm;

        EventCount Events(GuardrailPlan plan, int arm) => _arms[arm].Aggregate(default(EventCount), (sum, visitor) => sum + visitor.Events(plan, now, matureOnly: false));

        MeanStatistic Values(GuardrailPlan plan, int arm) => _arms[arm].Aggregate(default(MeanStatistic), (sum, visitor) => sum + visitor.Values(plan, now));

        // Of both arms at the planned end: visitors, or the orders of those.
        double Expected(GuardrailPlan plan)
        {
            var control = Sums(now)[0].Conversions;
            var planned = SampleSize.OfProportion(control.Rate ?? 0, Settings.Mde, new(Settings.Alpha, Settings.Power, 1, _treatments + 1));
            return planned.Status != PlanStatus.Ok ? 2 * Settings.MinConversions
                : plan.Name == GuardrailPlan.ReturnRate ? planned.ConversionsControl!.Value + planned.ConversionsTreatment!.Value
                : planned.NControl!.Value + (double)planned.NTreatment!.Value;
        }
    }

    /// <summary>The prediction for the doubly robust estimate is each variation's mean of the visitors before, so that nobody predicts himself.</summary>
    private List<BanditReading> Estimates(DateTimeOffset now)
    {
        var (log, means) = (new List<BanditExposure>(), new MeanStatistic[_treatments + 1]);
        foreach (var visitor in visitors.Where(visitor => visitor.IsMature(now) && visitor.Exposure.Propensity > 0 && visitor.Exposure.Variation <= _treatments).OrderBy(visitor => visitor.Exposure.At))
        {
            var (arm, reward) = (visitor.Exposure.Variation, visitor.Reward(experiment.RevenueCap));
            log.Add(new(arm, visitor.Exposure.Propensity, reward, [.. means.Select(mean => mean.Mean ?? 0)]));
            means[arm] += new MeanStatistic(1, reward, reward * reward);
        }

        return [.. _definition.Variations.Select((variation, arm) => new BanditReading(variation.Name, OffPolicyEstimate.InversePropensity(log, arm), OffPolicyEstimate.DoublyRobust(log, arm)))];
    }
}
