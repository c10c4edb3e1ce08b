using System.ComponentModel;
using Expansion.Functions.Timing;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class CustomerTools(FunctionCalls calls)
{
    [McpServerTool(Name = "get_customer_health", Title = "Get a customer's health", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Get a customer's health score with its parts and trend, plan, recurring revenue, renewal date, and what speaks against an upsell now (churn risk, support crisis, price increase, opt-out).")]
    public Task<CallToolResult> GetAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The customer's id.")] string customer,
        CancellationToken cancellationToken) => calls.RunAsync<GetCustomerHealth>(
            (function, request) => function.Run(request, customer, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop });
}
