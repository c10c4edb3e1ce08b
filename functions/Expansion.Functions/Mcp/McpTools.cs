using Expansion.Connectors.Mcp;
using Expansion.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

/// <summary>Every tool there is, and what holds for each of them.</summary>
internal static class McpTools
{
    private const string Shop = "shop";

    /// <summary>How long a client may keep the list of tools: they change with a deployment.</summary>
    private static readonly TimeSpan ListFresh = TimeSpan.FromMinutes(5);

    public static IMcpServerBuilder AddTools(this IMcpServerBuilder builder)
    {
        builder.Services.AddTransient<FunctionCalls>();
        return builder
            .WithTools<ShopTools>()
            .WithTools<RecommendationTools>()
            .WithTools<PairTools>()
            .WithTools<BundleTools>()
            .WithTools<OfferTools>()
            .WithTools<CustomerTools>()
            .WithTools<RuleTools>()
            .WithTools<ExperimentTools>()
            .WithTools<MetricTools>()
            .WithRequestFilters(filters => filters.AddListToolsFilter(InOrder).AddCallToolFilter(OfItsOwnShops));
    }

    private static McpRequestHandler<ListToolsRequestParams, ListToolsResult> InOrder(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) => async (request, cancellationToken) =>
    {
        var list = await next(request, cancellationToken);
        list.Tools = [.. list.Tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)];
        (list.TimeToLive, list.CacheScope) = (ListFresh, CacheScope.Public);
        return list;
    };

    /// <summary>A shop that isn't the client's is answered as one that isn't there.</summary>
    private static McpRequestHandler<CallToolRequestParams, CallToolResult> OfItsOwnShops(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (request, cancellationToken) =>
    {
        var client = request.Services!.GetRequiredService<IOptionsMonitor<McpOptions>>().CurrentValue.Clients.FirstOrDefault(client => client.Name == request.User?.Identity?.Name);
        var named = request.Params?.Arguments?.TryGetValue(Shop, out var argument) == true ? argument.ToString() : null;
        return client is null || (named is not null && !(ShopId.TryFrom(named, out var shop) && client.MayAsk(shop)))
            ? FunctionCalls.Error($"There is no shop '{named}'. list_shops names them.")
            : await next(request, cancellationToken);
    };
}
