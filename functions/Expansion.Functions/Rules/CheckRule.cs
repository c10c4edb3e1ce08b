using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Rules;

/// <summary>What a rule says in English, or every mistake with its path. Nothing is stored or tried.</summary>
public sealed class CheckRule
{
    [Answers<RuleAnswer>]
    [Asks("shop")]
    [Function(nameof(CheckRule))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "rules/check")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (rule, problem) = await RuleBody.ReadAsync(request, cancellationToken);
        return rule is null ? problem! : Results.Ok(RuleAnswer.Of(rule));
    }
}
