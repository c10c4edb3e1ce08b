using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Timing.Rules;
using Expansion.Functions.Rules;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class RuleTools(FunctionCalls calls, IRuleStore rules)
{
    [McpServerTool(Name = "list_rules", Title = "List rules and examples", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List a shop's rules for upsell and cross-sell as sentences and documents, and examples to begin a draft with.")]
    public Task<CallToolResult> ListAsync([Description("The shop's id, as list_shops gives it.")] string shop, CancellationToken cancellationToken) => calls.RunAsync<ListRules>(
        (function, request) => function.Run(request, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop });

    [McpServerTool(Name = "draft_rule", Title = "Draft a rule", ReadOnly = false, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Draft a new rule for upsell or cross-sell. The draft is saved turned off: only a person can turn it on. A rule that is there already is never changed. "
        + "Answers with the rule as a sentence, or with every mistake. list_rules shows what a document looks like.")]
    public async Task<CallToolResult> DraftAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The rule's document: an object with id (a-z, 0-9, hyphens), when and then, as in the examples of list_rules.")] JsonElement rule,
        CancellationToken cancellationToken)
    {
        // Some models send an object as text.
        var text = rule.ValueKind == JsonValueKind.String ? rule.GetString()! : rule.GetRawText();
        if (Parse(text) is not { } draft || draft["id"]?.GetValueKind() != JsonValueKind.String)
        {
            return FunctionCalls.Error("rule must be an object with id, when and then.");
        }

        var id = (string)draft["id"]!;
        if (ShopId.TryFrom(shop, out var known) && (await rules.VersionsAsync(known, id, cancellationToken)).Count > 0)
        {
            return FunctionCalls.Error($"There is a rule '{id}' already: give the draft another id.");
        }

        draft["enabled"] = false;
        return await calls.RunAsync<PutRule>((function, request) => function.Run(request, id, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop }, draft.ToJsonString());
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
