using System.ComponentModel;
using Expansion.Functions.Pricing;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class BundleTools(FunctionCalls calls)
{
    [McpServerTool(Name = "list_bundle_ideas", Title = "List bundle ideas", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List ideas for product bundles of two to four items, made from affinity, each with its price, saving, margin and expected value, best first.")]
    public Task<CallToolResult> ListAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("Only bundles with one of these SKUs, separated by commas.")] string? product = null,
        [Description("Without bundles that hold one of these SKUs, separated by commas.")] string? owned = null,
        [Description("How many, 1 to 20.")] int limit = 5,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetBundles>(
            (function, request) => function.Run(request, shop, cancellationToken),
            new Dictionary<string, object?> { ["product"] = product, ["owned"] = owned, ["limit"] = Math.Clamp(limit, 1, 20) });
}
