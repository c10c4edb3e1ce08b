using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Rules;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Rules;

/// <summary>Saves the next version of a rule; "enabled": false turns it off. Counts within seconds.</summary>
public sealed class PutRule(IShopStore shops, IRuleStore rules, ShopTimings timings)
{
    [Answers<RuleAnswer>]
    [Asks("shop")]
    [Function(nameof(PutRule))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "put", Route = "rules/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(request.Query["shop"]);
        }

        var (rule, problem) = await RuleBody.ReadAsync(request, cancellationToken);
        if (rule is null || rule.Id != id)
        {
            return problem ?? Problems.BadRequest($"The rule's id is '{rule!.Id}', the address says '{id}'.");
        }

        var saved = await rules.SaveAsync(shop, rule, cancellationToken);
        timings.Forget(shop);
        return Results.Ok(RuleAnswer.Of(saved));
    }
}
