using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Rules;

/// <summary>A shop's rules, and examples to begin with.</summary>
public sealed class ListRules(IShopStore shops, IRuleStore rules)
{
    [Answers<RuleList>]
    [Asks("shop")]
    [Function(nameof(ListRules))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(request.Query["shop"]);
        }

        var set = await rules.ReadAsync(shop, cancellationToken);
        return Results.Ok(new RuleList(set.Version, [.. set.Rules.Select(RuleAnswer.Of)], [.. RuleExamples.All.Select(RuleAnswer.Of)], FactForm.All));
    }
}

/// <param name="Examples">To be copied and changed; they don't count.</param>
/// <param name="Facts">What a rule can ask.</param>
internal sealed record RuleList(string Version, IReadOnlyList<RuleAnswer> Rules, IReadOnlyList<RuleAnswer> Examples, IReadOnlyList<FactForm> Facts);
