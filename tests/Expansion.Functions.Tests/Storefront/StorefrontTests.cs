using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Storefront;

/// <summary>What the widget asks and tells through the app proxy.</summary>
[Trait("Category", "Azurite")]
public sealed class StorefrontTests(AzuriteFixture azurite)
{
    private const string Cart = "visit=v-1&touchpoint=cart_page&cart=beans&cart_total=8000&currency=USD";

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offer_AtTheCart_IsShownAndSaidOnce()
    {
        await using var host = await StartAsync();

        var offer = await AskAsync(host, Cart);
        Assert.Equal(("48003", "Filters", 4.5m, "USD"), ((string?)offer!["variant"], (string?)offer["title"], (decimal?)offer["price"], (string?)offer["currency"]));
        Assert.False(offer.ContainsKey("was"));
        Assert.Equal((string?)offer["id"], (string?)(await AskAsync(host, Cart))!["id"]);
        Assert.Null(await AskAsync(host, Cart + "&cart=variant:48003"));
        Assert.Null(await AskAsync(host, Cart.Replace("cart_page", "product_page", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Offer_OfAReducedProduct_NamesTheLowestPriceBefore()
    {
        await using var host = await StartAsync();
        var now = DateTimeOffset.UtcNow;
        Task PriceAsync(int daysAgo, decimal price) => host.Services.GetRequiredService<IPriceHistoryStore>().AddAsync(Shop, [new(new("variant:48003"), now.AddDays(-daysAgo), new(price, "USD"))], Stop);
        await PriceAsync(90, 7);
        await PriceAsync(20, 6);
        await PriceAsync(10, 8);
        await PriceAsync(2, 4.5m);

        var offer = await AskAsync(host, Cart);

        Assert.Equal((4.5m, 6m), ((decimal?)offer!["price"], (decimal?)offer["was"]));
    }

    [Fact]
    public async Task Offer_OfAProductInTheCatalogue_IsShownAsTheShopHasIt()
    {
        await using var host = await StartAsync();
        await TellAsync(host, new(new("variant:48003")) { Title = "Paper filters", VariantId = "48003", Handle = "filters", Image = "//cdn.shopify.com/f.jpg", Price = new(5, "USD"), Stock = 3 });

        var offer = await AskAsync(host, Cart);

        Assert.Equal(("Paper filters", 5m), ((string?)offer!["title"], (decimal?)offer["price"]));
        Assert.Equal(("/products/filters?variant=48003", "https://cdn.shopify.com/f.jpg"), ((string?)offer["url"], (string?)offer["image"]));
        await TellAsync(host, new(new("variant:48003")) { Stock = 0, SellsWithoutStock = false });
        Assert.Null(await AskAsync(host, Cart));
    }

    [Theory]
    [InlineData("click")]
    [InlineData("impression")]
    [InlineData("dismissed")]
    public async Task Event_OfAnOffer_IsWhatTheCustomerDid(string name)
    {
        await using var host = await StartAsync();
        var id = (string?)(await AskAsync(host, Cart, "7"))!["id"];

        Assert.Equal(204, await TellAsync(host, $"visit=v-2&offer={id}&event={name}", "7"));

        var customers = host.Services.GetRequiredService<ICustomerStore>();
        MadeOffer? made = null;
        await Eventually.TrueAsync(
            async () => (made = (await customers.FindAsync(Shop, [new("7")], Stop))[0].Record.State.Offers.Made.Single()) is { ClickedAt: not null } or { ShownAt: not null } or { DismissedAt: not null },
            "the event is told of the offer");
        Assert.Equal((name == "click", name == "impression", name == "dismissed"), (made!.ClickedAt is not null, made.ShownAt is not null, made.DismissedAt is not null));
    }

    [Fact]
    public async Task Customer_NamedByThePage_IsNotBelieved()
    {
        await using var host = await StartAsync();

        await AskAsync(host, Cart + "&customer=7&customer_id=7");

        var known = await host.Services.GetRequiredService<ICustomerStore>().FindAsync(Shop, [new("7"), new("guest:v-1")], Stop);
        Assert.Equal([0, 1], known.Select(customer => customer.Record.State.Offers.Made.Count));
    }

    [Theory]
    [InlineData("offer", Cart + "&signature=00", 401)]
    [InlineData("offer", "touchpoint=cart_page&cart_total=1&currency=USD", 400)]
    [InlineData("offer", "visit=a%20b&touchpoint=cart_page&cart_total=1&currency=USD", 400)]
    [InlineData("offer", "visit=v&touchpoint=customer_success&cart_total=1&currency=USD", 400)]
    [InlineData("offer", "visit=v&touchpoint=cart_page&cart_total=-1&currency=USD", 400)]
    [InlineData("offer", "visit=v&touchpoint=cart_page&cart_total=1&currency=usd", 400)]
    [InlineData("events", "visit=v&offer=o&event=converted", 400)]
    [InlineData("events", "visit=v&event=click", 400)]
    [InlineData("events", "visit=v&offer=o&event=click&shop=other.myshopify.com", 401)]
    public async Task Call_ThatIsWrong_IsRefused(string path, string query, int expected)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(path == "offer" ? HttpMethod.Get : HttpMethod.Post, $"api/storefront/{path}{ShopifySender.Proxy(query, DateTimeOffset.UtcNow)}");

        using var response = await host.Client.SendAsync(request, Stop);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.False(string.IsNullOrEmpty((string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Stop))!["detail"]));
    }

    [Fact]
    public async Task Call_NotSigned_IsRefused()
    {
        await using var host = await StartAsync();

        Assert.Equal(401, (int)(await host.Client.GetAsync($"api/storefront/offer?{Cart}&shop={Shop}", Stop)).StatusCode);
        Assert.Equal(401, (int)(await host.Client.GetAsync($"api/storefront/offer{ShopifySender.Proxy(Cart, DateTimeOffset.UtcNow.AddSeconds(-100))}", Stop)).StatusCode);
    }

    private async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Settings = ShopifySender.Settings,
            Services = services => services.AddSingleton<IOfferCandidates, Filters>(),
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        return host;
    }

    private static Task<IReadOnlyList<CatalogueChange>> TellAsync(TestHost host, CatalogueItem item) =>
        host.Services.GetRequiredService<ICatalogueStore>().SaveAsync(Shop, [new ToldItem(item, CatalogueSource.Api, DateTimeOffset.UtcNow)], Stop);

    private static async Task<JsonObject?> AskAsync(TestHost host, string query, string customer = "")
    {
        using var response = await host.Client.GetAsync($"api/storefront/offer{ShopifySender.Proxy(query, DateTimeOffset.UtcNow, customer)}", Stop);
        return (int)response.StatusCode == 204 ? null : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Stop);
    }

    private static async Task<int> TellAsync(TestHost host, string query, string customer)
    {
        using var response = await host.Client.PostAsync($"api/storefront/events{ShopifySender.Proxy(query, DateTimeOffset.UtcNow, customer)}", null, Stop);
        return (int)response.StatusCode;
    }

    private sealed class Filters : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new ProposedCandidates([new Candidate(OfferKind.CrossSell, "variant:48003", 0.9, "test") { Title = "Filters", Price = new(4.5m, "USD") }], "1"));
    }
}
