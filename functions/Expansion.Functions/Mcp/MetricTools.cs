using System.ComponentModel;
using Expansion.Functions.Billing;
using Expansion.Functions.Metrics;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class MetricTools(FunctionCalls calls)
{
    [McpServerTool(Name = "get_metrics", Title = "Get metrics", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Get a shop's expansion metrics against their benchmarks: attach rate, upgrade rate, revenue per customer, net revenue retention (NRR), recommendation conversion, "
        + "average items per order, share of expansion revenue, by day, week or month.")]
    public Task<CallToolResult> GetAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The first day, e.g. 2026-03-01; missing for 29 days before the last.")] string? from = null,
        [Description("The last day; missing for today.")] string? to = null,
        [Description("day, week or month.")] string by = "month",
        [Description("A part of the business, e.g. touchpoint:cart_page or source:affinity.")] string? slice = null,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetMetrics>(
            (function, request) => function.Run(request, shop, cancellationToken), new Dictionary<string, object?> { ["from"] = from, ["to"] = to, ["by"] = by, ["slice"] = slice });

    [McpServerTool(Name = "get_recurring_revenue", Title = "Get recurring revenue and retention", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Get a month's recurring revenue movements (new, expansion, contraction, churn, reactivation) and net revenue retention (NRR) of a subscription business, as billing tells it.")]
    public Task<CallToolResult> RevenueAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The month, e.g. 2026-03; missing for the running one.")] string? month = null,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetRecurringRevenue>(
            (function, request) => function.Run(request, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop, ["month"] = month });
}
