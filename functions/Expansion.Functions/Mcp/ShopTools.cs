using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using Expansion.Connectors.Mcp;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Expansion.Functions.Mcp;

[McpServerToolType]
internal sealed class ShopTools(IShopStore shops, IOptionsMonitor<McpOptions> options)
{
    [McpServerTool(Name = "list_shops", Title = "List shops", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("List the shops (stores, merchants, tenants) you can ask about. Every other tool wants one of their ids as shop.")]
    public async Task<CallToolResult> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var client = options.CurrentValue.Clients.First(client => client.Name == user.Identity?.Name);
        var list = await shops.ListAsync(cancellationToken).Where(shop => client.MayAsk(shop.Id)).Select(shop => new { shop.Id, shop.Settings.Currency, shop.Settings.TimeZone }).ToListAsync(cancellationToken);
        var answer = JsonSerializer.SerializeToElement(new { shops = list }, ExpansionJson.Options);
        return new() { Content = [new TextContentBlock { Text = answer.GetRawText() }], StructuredContent = answer };
    }
}
