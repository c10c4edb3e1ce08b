using System.ComponentModel;
using Expansion.Functions.Recommendations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class RecommendationTools(FunctionCalls calls)
{
    [McpServerTool(Name = "get_recommendations", Title = "Recommend products", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Recommend products to cross-sell or upsell: what goes with a product, a cart or a customer's purchases, by affinity learned from orders, each with its reason and measures.")]
    public Task<CallToolResult> GetAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The SKU that is looked at.")] string? product = null,
        [Description("SKUs in the cart, separated by commas.")] string? cart = null,
        [Description("The customer's id.")] string? customer = null,
        [Description("Where it is shown: product_page, cart_page, checkout, post_purchase_email, onboarding, in_app, account_page or customer_success.")] string? touchpoint = null,
        [Description("How many, 1 to 20.")] int limit = 5,
        CancellationToken cancellationToken = default) => calls.RunAsync<GetRecommendations>(
            (function, request) => function.Run(request, cancellationToken),
            new Dictionary<string, object?> { ["shop"] = shop, ["product"] = product, ["cart"] = cart, ["customer"] = customer, ["touchpoint"] = touchpoint, ["limit"] = Math.Clamp(limit, 1, 20) });
}
