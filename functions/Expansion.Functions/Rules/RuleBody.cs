using System.Text.Json;
using Expansion.Engine.Timing.Rules;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Rules;

/// <summary>A rule in a request's body.</summary>
internal static class RuleBody
{
    /// <returns>The rule, or the answer that names every mistake with its path.</returns>
    public static async Task<(Rule? Rule, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (json, problem) = await request.ReadJsonAsync<JsonDocument>(cancellationToken);
        using (json)
        {
            if (json is null)
            {
                return (null, problem);
            }

            var (rule, errors) = RuleParser.Parse(json.RootElement);
            return (rule, rule is null ? Problems.Invalid(errors.GroupBy(error => error.Path).ToDictionary(path => path.Key, path => path.Select(error => error.Reason).ToArray()), "Invalid rule") : null);
        }
    }
}
