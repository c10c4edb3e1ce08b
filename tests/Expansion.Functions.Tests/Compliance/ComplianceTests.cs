using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Offers;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Compliance;

/// <summary>Shopify's three mandatory requests, carried out on a shop that has everything there is about a customer.</summary>
[Trait("Category", "Azurite")]
public sealed class ComplianceTests(AzuriteFixture azurite)
{
    private const string Id = "706405506930370084";
    private const string Email = "jane.doe@example.org";
    private const string Other = "115310627314723954";

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);
    private static readonly YearMonth March = new(2026, 3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CustomersRedact_OfACustomerWhoIsEverywhere_LeavesNoTrace()
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        await host.SendAsync("customers/data_request", Named("orders_requested"));
        await host.ReceiptAsync(Shop, ComplianceTask.DataRequest);
        var before = (await BasketsAsync(host)).Count;
        Assert.True((await StorageDump.FindAsync(host, Id, Stop)).Select(place => place.Split([' ', ':', '/'])[1]).Distinct().Count() >= 8);

        await host.SendAsync("customers/redact", Named("orders_to_redact"));
        var receipt = await host.ReceiptAsync(Shop, ComplianceTask.CustomerErasure);

        Assert.Empty(await StorageDump.FindAsync(host, Id, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, Email, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, "900000000000000001", Stop));
        Assert.Equal(ComplianceReceipt.Hash(Shop.Value, Id), receipt.Subject);
        Assert.True(receipt.Records["Customers"] >= 1 && receipt.Records["signals"] >= 1 && receipt.Records["baskets"] >= 1);

        // The baskets are nobody's now, and as many as before; others' names are untouched.
        var after = await BasketsAsync(host);
        Assert.Equal(before, after.Count);
        Assert.Contains(after, order => order.Id.Value.StartsWith("erased-", StringComparison.Ordinal) && order.CustomerId is null);
        Assert.Contains(after, order => order.CustomerId == new CustomerId(Other));
    }

    [Fact]
    public async Task CustomersRedact_ThenTheOrderIsToldAgain_StaysNobodys()
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        await host.SendAsync("customers/redact", Named("orders_to_redact"));
        await host.ReceiptAsync(Shop, ComplianceTask.CustomerErasure);

        var late = Order(900000000000000001, Line(1, "beans"), Line(2, "filters"));
        late["customer"] = new JsonObject { ["id"] = long.Parse(Id, CultureInfo.InvariantCulture) };
        late["updated_at"] = "2026-03-20T05:00:00-05:00";
        await host.SendAsync("orders/updated", late);
        await host.SendAsync("refunds/create", Refund(5, 900000000000000001, (1, 1)));
        await PostEventAsync(host, Id);
        await host.SettleAsync();
        await RecomputeAsync(host);

        Assert.Empty(await StorageDump.FindAsync(host, Id, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, "900000000000000001", Stop));
    }

    [Fact]
    public async Task CustomersRedact_ByAddressAlone_FindsThemToo()
    {
        await using var host = await StartAsync();
        await ImportAsync(host);
        var hashed = (await BasketsAsync(host)).Single(order => order.Id.Value == "#2001").CustomerId!.Value.Value;

        await host.SendAsync("customers/redact", new JsonObject { ["shop_id"] = 1, ["shop_domain"] = Shop.Value, ["customer"] = new JsonObject { ["email"] = Email.ToUpperInvariant() } });
        await host.ReceiptAsync(Shop, ComplianceTask.CustomerErasure);

        Assert.Empty(await StorageDump.FindAsync(host, hashed, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, Email, Stop));
        Assert.Equal(2, (await BasketsAsync(host)).Count);

        // The same file again doesn't bring them back.
        await ImportAsync(host);
        Assert.Empty(await StorageDump.FindAsync(host, hashed, Stop));
        Assert.Equal(2, (await BasketsAsync(host)).Count);
    }

    [Fact]
    public async Task CustomersDataRequest_OfACustomer_ExportsAllOfItForTheShop()
    {
        await using var host = await StartAsync();
        await FillAsync(host);

        var body = Named("orders_requested");
        body["data_request"] = new JsonObject { ["id"] = 9999 };
        await host.SendAsync("customers/data_request", body);
        await host.ReceiptAsync(Shop, ComplianceTask.DataRequest);

        var export = await host.Client.GetFromJsonAsync<JsonObject>($"api/compliance/exports/9999?shop={Shop}", Stop);
        // By the address in the imported file, too.
        Assert.Equal(["#2001", "900000000000000001", "900000000000000002"], export!["orders"]!.AsArray().Select(order => (string)order!["id"]!).Order(StringComparer.Ordinal));
        var places = export["records"]!.AsArray().Select(record => ((string)record!["where"]!).Split('/')[0]).Distinct().ToList();
        Assert.Superset(new HashSet<string> { "Customers", "Offers", "Orders", "SubscriptionContracts", "signals" }, places.ToHashSet());
        Assert.DoesNotContain(Other, export.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await host.Client.GetAsync($"api/compliance/exports/9999?shop=other.myshopify.com", Stop)).StatusCode);
    }

    [Fact]
    public async Task ShopRedact_OfAShop_LeavesNothingButTheReceipt()
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(ShopId.From("coffee.myshopify.community"), Stop);

        await host.SendAsync("shop/redact", new JsonObject { ["shop_id"] = 954889, ["shop_domain"] = Shop.Value });
        await host.ReceiptAsync(Shop, ComplianceTask.ShopErasure);

        // The webhook that asked for it is remembered, so that it isn't carried out again and again.
        var left = (await StorageDump.FindAsync(host, Shop.Value, Stop)).Where(place => !place.Contains(".community", StringComparison.Ordinal));
        Assert.All(left, place => Assert.StartsWith("table Deliveries", place, StringComparison.Ordinal));
        Assert.Single(await StorageDump.FindAsync(host, "coffee.myshopify.community", Stop));
        var receipts = await host.Client.GetFromJsonAsync<JsonObject>($"api/compliance/receipts?shop={Shop}", Stop);
        Assert.Equal("shop_erasure", (string?)receipts!["receipts"]![0]!["task"]);
    }

    [Fact]
    public async Task Redact_InAnotherShopsName_IsRefused()
    {
        await using var host = await StartAsync();

        Assert.Equal(400, await host.TrySendAsync("shop/redact", new JsonObject { ["shop_id"] = 1, ["shop_domain"] = "victim.myshopify.com" }));
        Assert.Equal(400, await host.TrySendAsync("customers/redact", new JsonObject { ["shop_id"] = 1, ["customer"] = new JsonObject { ["id"] = null } }));
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite.NewAccount(), new()
    {
        Settings = ShopifySender.Settings,
        Services = services => services.AddSingleton<IOfferCandidates, Filters>(),
    });

    /// <summary>Orders folded and not folded, an import with lines that were rejected, signals, offers made and answered, a subscription, a message that failed.</summary>
    private static async Task FillAsync(TestHost host)
    {
        await SendOrderAsync(host, 900000000000000001, Id);
        await SendOrderAsync(host, 900000000000000003, Other);
        await host.SettleAsync();
        await RecomputeAsync(host);
        await ImportAsync(host);
        await SendOrderAsync(host, 900000000000000002, Id);
        await PostEventAsync(host, Id);
        await PostEventAsync(host, Other);
        await host.SendAsync("subscription_contracts/create", new JsonObject { ["id"] = 71, ["customer_id"] = long.Parse(Id, CultureInfo.InvariantCulture), ["status"] = "active", ["revision_id"] = "1" });
        await host.SettleAsync();
        var asked = ShopifySender.Proxy("visit=v&touchpoint=cart_page&cart=beans&cart_total=100&currency=USD", DateTimeOffset.UtcNow, Id);
        // An offer or a silence: either is in the ledger.
        Assert.True((await host.Client.GetAsync($"api/storefront/offer{asked}", Stop)).IsSuccessStatusCode);
        var poison = host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("signals-received-poison");
        await poison.CreateIfNotExistsAsync(cancellationToken: Stop);
        await poison.SendMessageAsync($$"""{"shop":"{{Shop}}","signals":[{"type":"feature_used","feature":"x","id":"1","customer":"{{Id}}"}]}""", Stop);
    }

    private static Task SendOrderAsync(TestHost host, long id, string customer)
    {
        var order = Order(id, Line(id + 1, "beans"), Line(id + 2, "filters"));
        order["customer"] = new JsonObject { ["id"] = long.Parse(customer, CultureInfo.InvariantCulture) };
        return host.SendAsync("orders/create", order);
    }

    private static async Task PostEventAsync(TestHost host, string customer)
    {
        var signal = new JsonObject { ["type"] = "feature_used", ["feature"] = "wishlist", ["id"] = Guid.NewGuid().ToString(), ["customer"] = customer, ["at"] = DateTimeOffset.UtcNow.ToString("O") };
        Assert.Equal(202, (int)(await host.Client.PostAsJsonAsync($"api/events?shop={Shop}", signal, Stop)).StatusCode);
    }

    private static async Task ImportAsync(TestHost host)
    {
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        var csv = $"""
            Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku
            #2001,{Email},paid,USD,2026-03-05 09:58:12 -0400,1,Beans,10.00,beans
            #2002,someone@example.org,paid,USD,2026-03-06 09:58:12 -0400,1,Beans,10.00,beans
            #2003,{Email},paid,USD,never,1,Beans,10.00,beans
            """;
        using var response = await host.Client.PostAsync($"api/orders/import?shop={Shop}&format=shopify", new StringContent(csv, Encoding.UTF8), Stop);
        var id = (string?)(await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Stop))!["id"];
        await Eventually.TrueAsync(
            async () => (string?)(await host.Client.GetFromJsonAsync<JsonObject>($"api/orders/import/{id}?shop={Shop}", Stop))!["state"] == "done", "the import is done");
    }

    private static async Task RecomputeAsync(TestHost host)
    {
        Assert.Equal(202, (int)(await host.Client.PostAsync($"api/shops/{Shop}/recompute", null, Stop)).StatusCode);
        await Eventually.TrueAsync(async () => (await host.Services.GetRequiredService<IOrderStore>().ChangedMonthsAsync(Shop, Stop)).Count == 0, "the months are folded");
        await host.SettleAsync();
    }

    private static async Task<IReadOnlyList<Order>> BasketsAsync(TestHost host)
    {
        var segments = host.Services.GetRequiredService<IBasketSegments>();
        var received = await host.Services.GetRequiredService<IOrderStore>().ReadAsync(Shop, March, Stop).ToListAsync(Stop);
        return [.. (await segments.ReadAsync(Shop, March, Stop)).Orders.Concat(received).DistinctBy(order => order.Id)];
    }

    private static JsonObject Named(string orders) => new()
    {
        ["shop_id"] = 954889,
        ["shop_domain"] = Shop.Value,
        ["customer"] = new JsonObject { ["id"] = long.Parse(Id, CultureInfo.InvariantCulture), ["email"] = Email, ["phone"] = "555-625-1199" },
        [orders] = new JsonArray(900000000000000001),
    };

    private sealed class Filters : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new ProposedCandidates([new Candidate(OfferKind.CrossSell, "variant:48003", 0.9, "test") { Title = "Filters", Price = new(4.5m, "USD") }], "1"));
    }
}
