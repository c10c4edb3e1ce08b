using System.ComponentModel;
using Expansion.Functions.Experiments;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class ExperimentTools(FunctionCalls calls)
{
    [McpServerTool(Name = "list_experiments", Title = "List experiments", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List a shop's experiments (A/B tests of placement, pricing, products, timing, copy, incentive) with their status and conclusion, the last started first.")]
    public Task<CallToolResult> ListAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("Only those of this status, e.g. running.")] string? status = null,
        CancellationToken cancellationToken = default) => calls.RunAsync<ListExperiments>(
            (function, request) => function.Run(request, shop, cancellationToken), new Dictionary<string, object?> { ["status"] = status });

    [McpServerTool(Name = "get_experiment_status", Title = "Get an experiment's status", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Get how an experiment (A/B test) stands: conversions and revenue by variation, confidence, guardrails, and whether there is a winner yet.")]
    public Task<CallToolResult> GetAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The experiment's key, as list_experiments gives it.")] string experiment,
        CancellationToken cancellationToken) => calls.RunAsync<GetExperimentResults>(
            (function, request) => function.Run(request, shop, experiment, cancellationToken), new Dictionary<string, object?>());
}
