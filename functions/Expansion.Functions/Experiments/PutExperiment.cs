using Expansion.Engine.Experiments;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Experiments;

/// <summary>Writes a new draft, changes one, or raises the coverage of an experiment that runs.</summary>
public sealed class PutExperiment(IShopStore shops, ExperimentSteps steps, TimeProvider time)
{
    [Answers<Experiment>]
    [Takes<DraftBody>]
    [Function(nameof(PutExperiment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/experiments/{key}")] HttpRequest request, string shop, string key, CancellationToken cancellationToken)
    {
        var (id, draft, problem) = await request.ReadJsonAsync<DraftBody>(shop, shops, cancellationToken);
        if (draft is null)
        {
            return problem!;
        }

        if (draft.Mistakes(key) is { Count: > 0 } mistakes)
        {
            return Problems.Invalid(mistakes);
        }

        var step = await steps.TakeAsync(id, key, (known, _) => known is null
            ? new(Experiment.Draft(draft.Definition, draft.By, time.GetUtcNow(), draft.Reason), null)
            : known.Change(draft.Definition, draft.By, time.GetUtcNow(), draft.Reason), cancellationToken);
        return step!.Changed is { } changed ? Results.Ok(changed) : Problems.Conflict(step.Refusal!);
    }
}

/// <param name="By">Who writes it, for the audit.</param>
internal sealed record DraftBody(string By, ExperimentDefinition Definition, string? Reason = null)
{
    public IReadOnlyDictionary<string, string[]> Mistakes(string key) =>
        StepBody.IsText(By) is false ? new Dictionary<string, string[]> { ["by"] = [StepBody.WhoDoesIt] }
        : Definition.Key != key ? new Dictionary<string, string[]> { ["definition.key"] = [$"must be the address's, '{key}'"] }
        : Definition.Validate();
}
