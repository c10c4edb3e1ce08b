using System.ComponentModel;
using Expansion.Functions.Offers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class OfferTools(FunctionCalls calls)
{
    [McpServerTool(Name = "list_customer_offers", Title = "List a customer's offers", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List what was offered to a customer lately (upsell, cross-sell, annual plan), and when it was better to stay silent, each with its reason.")]
    public Task<CallToolResult> ListAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The customer's id.")] string customer,
        CancellationToken cancellationToken) => calls.RunAsync<ListOffers>(
            (function, request) => function.Run(request, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop, ["customer"] = customer });

    [McpServerTool(Name = "get_offer_explanation", Title = "Explain an offer", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("Explain in words why a customer got an offer, or why nothing was offered: triggers, rules, suppressions, candidates, and what became of it.")]
    public Task<CallToolResult> ExplainAsync(
        [Description("The shop's id, as list_shops gives it.")] string shop,
        [Description("The offer's id, as list_customer_offers gives it.")] string offer,
        CancellationToken cancellationToken) => calls.RunAsync<ExplainOffer>(
            (function, request) => function.Run(request, offer, cancellationToken), new Dictionary<string, object?> { ["shop"] = shop });
}
