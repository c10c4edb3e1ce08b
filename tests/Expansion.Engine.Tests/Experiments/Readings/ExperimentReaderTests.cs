using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Assignment;
using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Experiments.Verdicts;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Engine.Tests.Experiments.Readings;

public sealed class ExperimentReaderTests
{
    private static readonly DateTimeOffset Start = Given.Now;

    [Fact]
    public void Sums_OrdersAndReturns_CountWithinTheWindowOnly()
    {
        var visitor = new ExposedVisitor(new("copy-test", new("ann"), 1, 0.5, Start), Journal(
            Order("before", -3, 40),
            Order("first", 1, 100, cost: 60),
            Order("second", 2, 30),
            Order("late", 8, 500),
            [Refund("first", 3, 20), Refund("second", 9, 30)]));

        var sums = visitor.Sums(cap: 50);

        Assert.Equal((1, 1), (sums.Conversions.Visitors, sums.Conversions.Conversions));
        // 100 − 20 + 30; what came back after the window is a guardrail's matter.
        Assert.Equal(110, sums.Revenue.Sum);
        Assert.Equal(80, sums.CappedRevenue.Sum);
        Assert.Equal(40, sums.Margin.Sum);
        Assert.Equal((110, 2), (sums.OrderValue.SumY, sums.OrderValue.SumX));
        Assert.Equal((80, 40), (sums.BeforeAndAfter.SumY, sums.BeforeAndAfter.SumX));
        Assert.False(visitor.IsMature(Start.AddDays(6.9)));
        Assert.True(visitor.IsMature(Start.AddDays(7)));
    }

    [Fact]
    public void Read_ClearWinnerWithoutHarm_IsProvisionalUntilTheGuardrailsAreMature()
    {
        var reader = Reader(Arm(0, 5000, buyers: 500), Arm(1, 5000, buyers: 700));

        var early = reader.Read(Start.AddDays(20), null);
        var later = reader.Read(Start.AddDays(200), early);

        Assert.Equal(DecisionStatus.ProvisionalWinner, early.Decision!.Status);
        Assert.StartsWith("friendly wins for now", early.Verdict!.Words, StringComparison.Ordinal);
        Assert.Equal(Start.AddDays(20), later.DecidedAt);
        // Nobody returned, complained or said how content they were: those can't be read, and the winner stays one for now.
        Assert.Contains(later.Variations[1].Guardrails, guardrail => guardrail is { Name: GuardrailPlan.LifetimeValue, Verdict: GuardrailVerdict.Pass });
        Assert.Empty(later.Harm);
    }

    /// <summary>Converts 40 % better and is returned three times as often.</summary>
    [Fact]
    public void Read_WinnerThatIsReturned_IsRejectedAndAlarms()
    {
        var reader = Reader(Arm(0, 5000, buyers: 500, returners: 50), Arm(1, 5000, buyers: 700, returners: 210));

        var early = reader.Read(Start.AddDays(20), null);
        var later = reader.Read(Start.AddDays(200), early);

        Assert.Contains("return_rate", early.Harm[0], StringComparison.Ordinal);
        Assert.Equal(DecisionStatus.RejectedGuardrail, later.Decision!.Status);
        Assert.Contains("return_rate", later.Verdict!.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GuardrailPlan.Satisfaction)]
    [InlineData(GuardrailPlan.LifetimeValue)]
    [InlineData(GuardrailPlan.Retention)]
    [InlineData(GuardrailPlan.ComplaintRate)]
    public void Harm_OfAnyGuardrail_IsFound(string guardrail)
    {
        var reader = Reader(Harmed(0, guardrail, bad: false), Harmed(1, guardrail, bad: true));

        Assert.StartsWith(guardrail, reader.Read(Start.AddDays(120), null).Harm[0], StringComparison.Ordinal);
    }

    /// <summary>Each guardrail has its own time after exposure: what happens on the 20th day counts when it is watched for 30 days, and not when for 10.</summary>
    [Theory]
    [InlineData(GuardrailPlan.ReturnRate)]
    [InlineData(GuardrailPlan.ComplaintRate)]
    [InlineData(GuardrailPlan.OptOutRate)]
    [InlineData(GuardrailPlan.Satisfaction)]
    [InlineData(GuardrailPlan.LifetimeValue)]
    public void Guardrail_WatchedForATime_CountsWhatHappensWithinIt(string guardrail)
    {
        var plan = GuardrailPlan.Defaults.Single(known => known.Name == guardrail);
        var visitor = Visitor(0, 0, 0.5,
        [
            .. Order("o", 1, 50), Refund("o", 20, 50), .. Order("p", 20, 50),
            new("c", OutcomeKind.Complaint, Start.AddDays(20)), new("x", OutcomeKind.OptOut, Start.AddDays(20)), new("s", OutcomeKind.Satisfaction, Start.AddDays(20)) { Amount = 4 },
        ]);

        Assert.Equal((0, guardrail == GuardrailPlan.LifetimeValue ? 50 : 0), Watched(10));
        Assert.Equal(guardrail switch { GuardrailPlan.Satisfaction => (0, 4), GuardrailPlan.LifetimeValue => (0, 50), _ => (1, 0) }, Watched(30));

        (long Events, double Sum) Watched(int days)
        {
            var watch = plan with { WatchFor = TimeSpan.FromDays(days) };
            return (plan.Kind == GuardrailKind.Rate ? visitor.Events(watch, Start.AddDays(100), matureOnly: true).Events : 0, plan.Kind == GuardrailKind.Mean ? visitor.Values(watch, Start.AddDays(100)).Sum : 0);
        }
    }

    /// <summary>Of retention it is the last seven days of the time.</summary>
    [Theory]
    [InlineData(29.9, 0)]
    [InlineData(30, 1)]
    [InlineData(36.9, 1)]
    [InlineData(37, 0)]
    public void Guardrail_OfRetention_LooksAtTheLastSevenDays(double day, long retained)
    {
        var visitor = Visitor(0, 0, 0.5, [new("click", OutcomeKind.Click, Start.AddDays(day))]);

        var plan = GuardrailPlan.Defaults.Single(known => known.Name == GuardrailPlan.Retention);

        Assert.Equal(new(1, retained), visitor.Events(plan, Start.AddDays(40), matureOnly: true));
        Assert.Equal(default, visitor.Events(plan, Start.AddDays(36), matureOnly: true));
    }

    [Fact]
    public void Read_TrafficThatIsntSplitAsConfigured_IsBroken()
    {
        var reading = Reader(Arm(0, 5000, buyers: 500), Arm(1, 4000, buyers: 500)).Read(Start.AddDays(20), null);

        Assert.Equal(VerdictKind.Broken, reading.Verdict!.Kind);
        Assert.Empty(reading.Treatments);
        Assert.Empty(reading.Effects);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(50, 0, 50, 0)]
    [InlineData(50, 50, 50, 50)]
    public void Read_Edges_CanBeWrittenAsJson(int control, int controlBuyers, int treatment, int treatmentBuyers)
    {
        var reading = Reader(Arm(0, control, controlBuyers), Arm(1, treatment, treatmentBuyers)).Read(Start.AddDays(20), null);

        // The serializer throws at NaN and infinity.
        Assert.NotEmpty(System.Text.Json.JsonSerializer.Serialize(reading, ExpansionJson.Options));
        Assert.Equal(control == 0 || treatment == 0 ? VerdictKind.Broken : VerdictKind.NotYet, reading.Verdict!.Kind);
    }

    [Fact]
    public void Read_ClockBeforeTheStart_IsNotYetOrBroken()
    {
        var reading = Reader(Arm(0, 50, 5), Arm(1, 50, 5)).Read(Start.AddDays(-5), null);

        Assert.Equal(VerdictKind.Broken, reading.Verdict!.Kind);
        Assert.Equal((50, 0), (reading.Variations[0].Exposed, reading.Variations[0].Visitors));
    }

    [Fact]
    public void Read_Holdout_TellsWhatOffersBroughtIn()
    {
        var experiment = Given.Running(Given.Definition() with { Holdout = 0.1 });
        var reading = new ExperimentReader(experiment, [.. Arm(0, 100, 10), .. Arm(1, 100, 10)], [.. Arm(0, 200, 10), .. Arm(1, 1800, 180)]).Read(Start.AddDays(20), null);

        // 5 % of the held out buy for 50, 10 % of the others.
        Assert.Equal(2.5, reading.Incremental!.PerVisitor!.Value, 6);
        Assert.Equal(4500, reading.Incremental.Total!.Value, 3);
    }

    [Fact]
    public void Bandit_LoggedPropensities_EstimateWithoutBiasAndMoveTheTraffic()
    {
        var experiment = Given.Running(Given.Definition() with { Mode = ExperimentMode.Bandit });
        List<ExposedVisitor> visitors = [.. Arm(0, 300, 15, propensity: 0.2), .. Arm(1, 1200, 120, propensity: 0.8)];
        var reader = new ExperimentReader(experiment, [.. visitors.OrderBy(visitor => AssignmentHash.Of("mixed", visitor.Exposure.Customer.Value))], []);
        var reading = reader.Read(Start.AddDays(20), null);

        // 15 sales of 50 at 0.2 over 1,500 visitors; 120 at 0.8.
        Assert.Equal(2.5, reading.Bandit[0].InversePropensity.Value!.Value, 6);
        Assert.Equal(5, reading.Bandit[1].InversePropensity.Value!.Value, 6);
        Assert.InRange(reading.Bandit[1].DoublyRobust.Value!.Value, 4, 6);
        Assert.Null(reading.Verdict);
        Assert.Equal([0.05, 0.95], reader.Chances(Start.AddDays(20), new HashSet<int>()).Select(chance => Math.Round(chance, 2)));
        Assert.Equal([1, 0], reader.Chances(Start.AddDays(20), new HashSet<int> { 1 }));
    }

    private static ExperimentReader Reader(params IEnumerable<ExposedVisitor>[] arms) => new(Given.Running(), [.. arms.SelectMany(arm => arm)], []);

    /// <summary>Exposed at the start; the first of them buy for 50 the next day, and of those the first return it within two weeks.</summary>
    private static List<ExposedVisitor> Arm(int arm, int visitors, int buyers, int returners = 0, double propensity = 0.5) =>
    [
        .. Enumerable.Range(0, visitors).Select(i => Visitor(arm, i, propensity, i < buyers ? [.. Order($"{arm}-{i}", 1, 50), .. i < returners ? [Refund($"{arm}-{i}", 14, 50)] : Array.Empty<Outcome>()] : [])),
    ];

    private static List<ExposedVisitor> Harmed(int arm, string guardrail, bool bad) =>
    [
        .. Enumerable.Range(0, 2000).Select(i => Visitor(arm, i, 0.5, guardrail switch
        {
            GuardrailPlan.Satisfaction => [new($"{arm}-{i}", OutcomeKind.Satisfaction, Start.AddDays(2)) { Amount = bad && i % 2 == 0 ? 2 : 4 + (i % 2) }],
            GuardrailPlan.LifetimeValue => Order($"{arm}-{i}", 20, (bad ? 30 : 60) + (i % 7)),
            GuardrailPlan.Retention => i % 10 < (bad ? 3 : 6) ? [new($"{arm}-{i}", OutcomeKind.Click, Start.AddDays(33))] : [],
            _ => i % 100 < (bad ? 12 : 3) ? [new($"{arm}-{i}", OutcomeKind.Complaint, Start.AddDays(2))] : [],
        })),
    ];

    private static ExposedVisitor Visitor(int arm, int i, double propensity, Outcome[] outcomes) =>
        new(new("copy-test", new($"{arm}-{i}"), arm, propensity, Start), CustomerJournal.Empty.With(outcomes));

    private static CustomerJournal Journal(params Outcome[][] outcomes) => CustomerJournal.Empty.With(outcomes.SelectMany(part => part));

    private static Outcome[] Order(string id, int day, decimal amount, decimal? cost = null) =>
    [
        new(id, OutcomeKind.Order, Start.AddDays(day)) { OrderId = new(id), Order = new(OrderStatus.Completed, [new(LineRole.Main, 1)]) },
        new(id, OutcomeKind.Revenue, Start.AddDays(day)) { OrderId = new(id), Amount = amount, Margin = amount - cost },
    ];

    private static Outcome Refund(string order, int day, decimal amount) => new($"{order}|refund", OutcomeKind.Refund, Start.AddDays(day)) { OrderId = new(order), Amount = amount };
}
