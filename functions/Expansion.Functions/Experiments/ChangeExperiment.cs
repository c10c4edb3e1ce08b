using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>Starts, pauses, resumes, stops or concludes an experiment. Who did it and why goes to its audit.</summary>
public sealed class ChangeExperiment(ExperimentSteps steps, ICatalogueStore catalogue, TimeProvider time)
{
    private const string NoCosts = "The experiment stays as it is: no product has a known cost, so that ranking by margin would change nothing. Tell costs first, by PUT products or POST product-terms.";

    private static readonly string[] Steps = ["start", "pause", "resume", "stop", "conclude"];

    [Answers<Experiment>]
    [Takes<StepBody>]
    [Function(nameof(ChangeExperiment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/experiments/{key}/{step}")] HttpRequest request,
        string shop, string key, string step, CancellationToken cancellationToken)
    {
        if (!Steps.Contains(step))
        {
            return Problems.NotFound($"There is no step '{step}': use {string.Join(", ", Steps)}.");
        }

        var (body, problem) = await request.ReadJsonAsync<StepBody>(cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (body.Mistakes() is { Count: > 0 } mistakes)
        {
            return Problems.Invalid(mistakes);
        }

        var now = time.GetUtcNow();
        var taken = ShopId.TryFrom(shop, out var id)
            ? await TakeAsync(id)
            : null;
        return taken switch
        {
            null => Problems.NotFound($"The shop '{shop}' has no experiment '{key}'. Write one with PUT."),
            { Changed: { } changed } => Results.Ok(changed),
            _ => Problems.Conflict(taken.Refusal!),
        };

        async Task<ExperimentStep?> TakeAsync(ShopId id)
        {
            var hasCosts = step != "start" || await catalogue.ListAsync(id, cancellationToken).AnyAsync(entry => entry.Item.Cost is not null, cancellationToken);
            return await steps.TakeAsync(id, key, (known, running) => known is null ? null : !hasCosts && RanksByMargin(known) ? new(null, NoCosts) : Take(step, known, running, body, now), cancellationToken);
        }
    }

    private static bool RanksByMargin(Experiment experiment) =>
        experiment.Definition.Variations.Any(variation => variation.Settings.GetValueOrDefault(ElementSettings.Ranking) == ExpansionJson.Word(RankBy.Margin));

    private static ExperimentStep Take(string step, Experiment known, IReadOnlyList<Experiment> running, StepBody body, DateTimeOffset now) => step switch
    {
        "start" or "resume" => known.Start(running, body.By, now, body.Reason),
        "pause" => known.Pause(body.Reason, body.By, now),
        "stop" => known.Stop(body.Reason, body.By, now),
        _ => known.Conclude(body.Reason, body.By, now),
    };
}

/// <param name="Reason">Why; of a conclusion, the decision in words.</param>
internal sealed record StepBody(string By, string Reason)
{
    public const string WhoDoesIt = "must say who does it, in 1 to 200 characters";

    private const int Longest = 200;

    public IReadOnlyDictionary<string, string[]> Mistakes() =>
        !IsText(By) ? new Dictionary<string, string[]> { ["by"] = [WhoDoesIt] }
        : !IsText(Reason) ? new Dictionary<string, string[]> { ["reason"] = ["must say why, in 1 to 200 characters"] }
        : new Dictionary<string, string[]>();

    public static bool IsText(string text) => text.Trim().Length is > 0 and <= Longest;
}
