using System.ComponentModel;
using Expansion.Functions.Affinity;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class PairTools(FunctionCalls calls)
{
    [McpServerTool(Name = "list_actionable_pairs", Title = "List actionable product pairs", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List pairs of products that are bought together more often than by chance and are worth acting on: affinity, support, confidence, lift, where to show them. "
        + "The opportunities for cross-sell, in order.")]
    public Task<CallToolResult> ListAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("Only pairs with this SKU.")] string? product = null,
        [Description("Only pairs for this place, e.g. cart_page or post_purchase_email.")] string? touchpoint = null,
        [Description("False lists all pairs that were found, not only the actionable ones.")] bool actionable = true,
        [Description("How many, 1 to 50.")] int limit = 10,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetPairs>(
            (function, request) => function.Run(request, cancellationToken),
            new Dictionary<string, object?>
            {
                ["shop"] = shop,
                ["product"] = product,
                ["touchpoint"] = touchpoint,
                ["actionable"] = actionable ? "true" : null,
                ["page_size"] = Math.Clamp(limit, 1, 50),
                ["desc"] = "true",
            });

    [McpServerTool(Name = "get_pair_explanation", Title = "Explain a product pair", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Explain in words why two products belong together, or don't: how often they are bought together, affinity against luck and season, delay between the two, and where to show the pair.")]
    public Task<CallToolResult> ExplainAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("One SKU.")] string a,
        [Description("The other SKU.")] string b,
        CancellationToken cancellationToken) => calls.RunAsync<ExplainPair>(
            (function, request) => function.Run(request, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop, ["a"] = a, ["b"] = b });
}
