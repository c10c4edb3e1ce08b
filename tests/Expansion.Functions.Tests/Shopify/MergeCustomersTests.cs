using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing;
using Expansion.Functions.Tests.Compliance;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Shopify;

[Trait("Category", "Azurite")]
public sealed class MergeCustomersTests(AzuriteFixture azurite)
{
    private const long Kept = 70640550693037;
    private const long Gone = 11531062731472;

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_OfACustomerWithAHistory_IsTheOthersFromThenOn()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });
        await OrderAsync(host, 1, Gone);
        await OrderAsync(host, 2, Kept);
        await host.SettleAsync();
        await RecomputeAsync(host);
        await OrderAsync(host, 3, Gone);
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/{Gone}", new { email = "jane@example.org", email_consent = true }, Stop);
        var no = new { type = "offer_opted_out", channel = "email", id = "no-1", customer = $"{Gone}", at = DateTimeOffset.UtcNow };
        Assert.Equal(202, (int)(await host.Client.PostAsJsonAsync($"/api/events?shop={Shop}", no, Stop)).StatusCode);
        await host.SettleAsync();

        for (var told = 0; told < 2; told++)
        {
            await host.SendAsync("customers/merge", new JsonObject
            {
                ["admin_graphql_api_customer_kept_id"] = $"gid://shopify/Customer/{Kept}",
                ["admin_graphql_api_customer_deleted_id"] = $"gid://shopify/Customer/{Gone}",
                ["status"] = "completed",
            });
            await host.SettleAsync();
        }

        await RecomputeAsync(host);
        Assert.Empty(await StorageDump.FindAsync(host, $"{Gone}", Stop));
        var orders = (await host.Services.GetRequiredService<IBasketSegments>().ReadAsync(Shop, new(2026, 3), Stop)).Orders;
        Assert.Equal(["1", "2", "3"], orders.Select(order => order.Id.Value).Order());
        Assert.All(orders, order => Assert.Equal($"{Kept}", order.CustomerId?.Value));
        var customer = (await host.Services.GetRequiredService<ICustomerStore>().FindAsync(Shop, [new($"{Kept}")], Stop))[0].Record.State;
        Assert.NotNull(customer.Offers.ChannelOptOut(Channel.Email));
        Assert.Equal("jane@example.org", (await host.Services.GetRequiredService<IContactStore>().FindAsync(Shop, new($"{Kept}"), Stop))?.Email);
    }

    private static Task OrderAsync(TestHost host, long id, long customer)
    {
        var order = Order(id, Line((id * 10) + 1, "beans"), Line((id * 10) + 2, "filters"));
        order["customer"] = new JsonObject { ["id"] = customer };
        return host.SendAsync("orders/create", order);
    }

    private static async Task RecomputeAsync(TestHost host)
    {
        Assert.Equal(202, (int)(await host.Client.PostAsync($"api/shops/{Shop}/recompute", null, Stop)).StatusCode);
        await Eventually.TrueAsync(async () => (await host.Services.GetRequiredService<IOrderStore>().ChangedMonthsAsync(Shop, Stop)).Count == 0, "the months are folded");
        await host.SettleAsync();
    }
}
