using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Experiments;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Makes the suggested set of plans an experiment's draft: the plans as they are shown now, the suggestion, and the suggestion with the dearest first.</summary>
public sealed class DraftPlanExperiment(IPricingDocuments documents, ExperimentSteps steps, TimeProvider time)
{
    [Takes<PlanExperimentBody>]
    [Function(nameof(DraftPlanExperiment))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/plans/experiment")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (body, problem) = await request.ReadJsonAsync<PlanExperimentBody>(cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (!ShopId.TryFrom(shop, out var id) || await documents.FindAsync<PlanLadder>(id, PlanLadder.Document, cancellationToken) is not { Value: { } ladder })
        {
            return Problems.NotFound($"The shop '{shop}' has no plans. Write them with PUT /api/shops/{{shop}}/plans.");
        }

        var suggestion = LadderSuggestion.For(ladder, new());
        if (suggestion.Plans.Count == 0)
        {
            return Problems.Conflict(suggestion.Reason);
        }

        var draft = new DraftBody(body.By, body.Definition(suggestion.Variations(ladder)), suggestion.Reason);
        if (draft.Mistakes(body.Key) is { Count: > 0 } mistakes)
        {
            return Problems.Invalid(mistakes);
        }

        var step = await steps.TakeAsync(id, body.Key, (known, _) => known is null ? new(Experiment.Draft(draft.Definition, draft.By, time.GetUtcNow(), draft.Reason), null) : null, cancellationToken);
        return step?.Changed is { } drafted ? Results.Ok(drafted) : Problems.Conflict($"There is an experiment '{body.Key}' already: choose another key.");
    }
}

/// <param name="Seed">By default the key.</param>
internal sealed record PlanExperimentBody(string By, string Key, string? Seed = null, Touchpoint Touchpoint = Touchpoint.AccountPage)
{
    public ExperimentDefinition Definition(IReadOnlyList<PricingVariation> variations) => new(
        Key, Seed ?? Key, Touchpoint, ExperimentElement.PricingPresentation, [.. variations.Select(variation => new Variation(variation.Name, 1, variation.Settings))])
    {
        Hypothesis = "The suggested set of plans makes the target easier to choose.",
    };
}
