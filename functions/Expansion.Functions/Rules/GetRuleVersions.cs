using Expansion.Engine;
using Expansion.Engine.Timing.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Rules;

/// <summary>A rule and what it was before, newest first.</summary>
public sealed class GetRuleVersions(IRuleStore rules)
{
    [Answers<RuleVersions>]
    [Asks("shop")]
    [Function(nameof(GetRuleVersions))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "rules/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        ShopId.TryFrom(request.Query["shop"], out var shop) && await rules.VersionsAsync(shop, id, cancellationToken) is { Count: > 0 } versions
            ? Results.Ok(new RuleVersions([.. versions.Select(RuleAnswer.Of)]))
            : Problems.NotFound($"There is no rule '{id}' of the shop '{request.Query["shop"]}'. GET /api/rules?shop= lists its rules.");
}

internal sealed record RuleVersions(IReadOnlyList<RuleAnswer> Versions);
