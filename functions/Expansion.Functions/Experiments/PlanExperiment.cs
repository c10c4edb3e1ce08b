using Expansion.Engine.Experiments.Planning;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>How many visitors and days a test needs before it starts, or what it can find in the time there is.</summary>
public sealed class PlanExperiment
{
    [Answers<PlanAnswer>]
    [Takes<PlanQuestion>]
    [Function(nameof(PlanExperiment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "experiments/plan")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (question, problem) = await request.ReadJsonAsync<PlanQuestion>(cancellationToken);
        if (question is null)
        {
            return problem!;
        }

        var plan = question.Plan();
        return plan.Status == PlanStatus.Ok
            ? Results.Ok(new PlanAnswer(plan, plan.ExpectedTotalIfTrue, plan.ExpectedTotalIfNone, question.DetectableLift()))
            : Problems.BadRequest(
                "No such test can be planned: baseline must lie between 0 and 1 and stay so with the lift, the lift not be 0, arms be 2 or more, alpha and power lie between 0 and 1; "
                + "for a mean give mean and deviation above 0 instead of baseline.");
    }
}

/// <param name="Lift">Smallest one worth having: 0.1 is 10 %.</param>
/// <param name="Baseline">Conversion rate of now.</param>
/// <param name="Mean">Capped revenue per visitor of now, instead of a baseline, with its <paramref name="Deviation"/>.</param>
/// <param name="Explained">Share of the variance that the time before explains.</param>
/// <param name="Allocation">Share of the visitors that takes part.</param>
internal sealed record PlanQuestion(
    double Lift, double? Baseline = null, double? Mean = null, double? Deviation = null, double Explained = 0, double Alpha = 0.05, double Power = 0.8, double Ratio = 1, int Arms = 2,
    double? DailyVisitors = null, double Allocation = 1, int MinDays = 14, int? Days = null)
{
    private PlanSettings Settings => new(Alpha, Power, Ratio, Arms);

    public SampleSizePlan Plan()
    {
        var traffic = DailyVisitors is { } daily ? new PlannedTraffic(daily, Allocation, MinDays) : null;
        return Baseline is { } baseline ? SampleSize.OfProportion(baseline, Lift, Settings, traffic)
            : SampleSize.OfMean(Mean ?? 0, Deviation ?? 0, Lift, Settings, Explained, traffic);
    }

    /// <summary>What the visitors of <see cref="Days"/> can find; null when it isn't asked for, or nothing can be found.</summary>
    public double? DetectableLift() => Baseline is { } baseline && DailyVisitors is { } daily && Days is { } days
        ? SampleSize.DetectableLift(baseline, daily * Allocation * days / Arms, Settings)
        : null;
}

/// <param name="ExpectedTotalIfTrue">Visitors of all arms on average when the lift is true: the sequential test ends early.</param>
/// <param name="ExpectedTotalIfNone">The same when there is no effect.</param>
internal sealed record PlanAnswer(SampleSizePlan Plan, double? ExpectedTotalIfTrue, double? ExpectedTotalIfNone, double? DetectableLift);
