using System.ComponentModel;
using Expansion.Functions.Billing;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class MetricTools(FunctionCalls calls)
{
    [McpServerTool(Name = "get_recurring_revenue", Title = "Get recurring revenue and retention", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Get a month's recurring revenue movements (new, expansion, contraction, churn, reactivation) and net revenue retention (NRR) of a subscription business, as billing tells it.")]
    public Task<CallToolResult> RevenueAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The month, e.g. 2026-03; missing for the running one.")] string? month = null,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetRecurringRevenue>(
            (function, request) => function.Run(request, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop, ["month"] = month });
}
