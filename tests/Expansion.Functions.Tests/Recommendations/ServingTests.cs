using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Functions.Catalogue;
using Expansion.Functions.Recommendations;
using Expansion.LocalHost;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Expansion.Functions.Tests.Recommendations.ServedCoffee;

namespace Expansion.Functions.Tests.Recommendations;

/// <summary>Recommendations as a shop's visitors get them, and how soon they follow what changes.</summary>
[Trait("Category", "Azurite")]
public sealed class ServingTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task GetRecommendations_BesideAProduct_EachPickSaysWhatItIsWhereItComesFromAndWhy()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());

        var answer = await coffee.AskAsync("product=beans");

        var first = answer["items"]![0]!;
        Assert.Equal(("filters", "Paper Filters - 250 g", "cross_sell", 4), ((string?)first["sku"], (string?)first["title"], (string?)first["kind"], (int?)first["price"]!["amount"]));
        Assert.False(string.IsNullOrEmpty((string?)first["reason"]));
        Assert.NotNull(first["source"]);
        Assert.DoesNotContain(answer["items"]!.AsArray(), item => (string?)item!["sku"] is "beans" or "voucher");
    }

    [Fact]
    public async Task GetRecommendations_OfEitherKind_AreLabelled()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());

        Assert.Equal(["beans-kilo", "decaf"], await coffee.SkusAsync("product=beans&kind=upsell"));
        Assert.DoesNotContain("beans-kilo", await coffee.SkusAsync("product=beans&kind=cross_sell"));
        Assert.Equal(
            (400, "kind is 'side_sell'; it must be one of upsell, cross_sell."),
            await Problem.OfAsync(await coffee.Host.Client.GetAsync($"/api/recommendations?shop={Shop}&kind=side_sell", TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task GetRecommendations_NoOrdersYet_AreLikeWhatIsLookedAtAndSaySo()
    {
        await using var coffee = await StartAsync(azurite.NewAccount(), withOrders: false);

        var first = (await coffee.AskAsync("product=beans&kind=upsell"))["items"]![0]!;
        Assert.Equal(("beans-kilo", true), ((string?)first["sku"], (bool?)first["low_confidence"]));
        Assert.Equal(["content"], (await coffee.AskAsync("product=grinder"))["items"]!.AsArray().Select(item => (string)item!["source"]!).Distinct());
    }

    [Fact]
    public async Task GetRecommendations_ProductNobodyBoughtYetInAShopWithOrders_StandsBesideItsLikeAndSaysSo()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());
        await coffee.PutAsync("products", new object[]
        {
            new { sku = "filters-xl", title = "Paper Filters Extra Large", type = "Filters", vendor = "Acme", price = new { amount = 6, currency = "EUR" }, stock = 5, status = "active", published = true },
        });
        await coffee.TrainAsync();

        var beside = (await coffee.AskAsync("product=filters"))["items"]!.AsArray().Single(item => (string?)item!["sku"] == "filters-xl")!;
        Assert.Equal(("content", true), ((string?)beside["source"], (bool?)beside["low_confidence"]));
        Assert.Contains("Paper Filters", (string?)beside["reason"], StringComparison.Ordinal);
        Assert.Contains("filters", (await coffee.SkusAsync("product=filters-xl"))[..2]);
    }

    [Fact]
    public async Task GetRecommendations_NoModelYet_AreFromTheCatalogue()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), Options);
        var coffee = new ServedCoffee(host);
        await coffee.PutAsync("settings", new { });
        await coffee.PutAsync("products", new object[] { new { sku = "a", type = "x" }, new { sku = "b" }, new { sku = "c", type = "X" } });

        Assert.Equal(["c", "b"], await coffee.SkusAsync("product=a"));
    }

    [Fact]
    public async Task Webhook_SoldOut_IsGoneAtThisInstancesNextRequest()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());
        Assert.Contains("mug", await coffee.SkusAsync("product=beans"));

        await coffee.SendProductAsync("mug", 0, "2026-03-01T12:00:00Z");

        Assert.DoesNotContain("mug", await coffee.SkusAsync("product=beans"));
        var refused = (await coffee.AskAsync("product=beans&explain=true"))["refused"]!.AsArray().Single(pick => (string?)pick!["sku"] == "mug");
        Assert.Equal("It is out of stock.", (string?)refused!["reason"]);

        // An update that is overtaken doesn't bring it back, neither at once nor when it has been stored.
        await coffee.SendProductAsync("mug", 7, "2026-03-01T11:00:00Z");
        Assert.DoesNotContain("mug", await coffee.SkusAsync("product=beans"));
        await coffee.SendProductAsync("tea", 7, "2026-03-01T11:00:00Z");
        var catalogue = coffee.Host.Services.GetRequiredService<ICatalogueStore>();
        await Eventually.TrueAsync(async () => (await catalogue.FindAsync(Shop, [new("tea")], default)).Count == 1, "all three are stored");
        Assert.DoesNotContain("mug", await coffee.SkusAsync("product=beans"));

        await coffee.SendProductAsync("mug", 7, "2026-03-01T13:00:00Z");
        Assert.Contains("mug", await coffee.SkusAsync("product=beans"));
    }

    [Fact]
    public async Task Webhook_SoldOut_IsGoneElsewhereOneRefreshAfterItIsStored()
    {
        var storage = azurite.NewAccount();
        await using var coffee = await StartAsync(storage);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var other = new ServedCoffee(await TestHost.StartAsync(storage, Options with { Functions = FunctionCatalog.AppTypes.Except([typeof(TrainModel), typeof(ProcessProduct)]), Time = clock }));
        Assert.Contains("mug", await other.SkusAsync("product=beans"));

        await coffee.SendProductAsync("mug", 0, "2026-03-01T12:00:00Z");
        var catalogue = coffee.Host.Services.GetRequiredService<ICatalogueStore>();
        await Eventually.TrueAsync(async () => (await catalogue.ChangesAsync(Shop, DateTimeOffset.UtcNow.AddMinutes(-2), default)).Any(notice => notice.Skus.Contains(new("mug")) && notice.Skus.Count == 1), "it is stored");
        Assert.Contains("mug", await other.SkusAsync("product=beans"));

        clock.Advance(new ServingOptions().RefreshEvery);

        await Eventually.TrueAsync(async () => !(await other.SkusAsync("product=beans")).Contains("mug"), "the other instance has looked");
    }

    [Fact]
    public async Task DecidePair_Rejected_IsGoneAtTheNextRequestAndPinnedComesFirst()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());
        await coffee.SkusAsync("product=beans");

        await DecideAsync(coffee, "filters", "rejected");
        await DecideAsync(coffee, "grinder", "pinned");

        var skus = await coffee.SkusAsync("product=beans");
        Assert.Equal("grinder", skus[0]);
        Assert.DoesNotContain("filters", skus);
    }

    [Fact]
    public async Task PutRecommendationRules_CountAtTheNextRequest()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());
        await coffee.SkusAsync("product=beans");

        await coffee.PutAsync("recommendation-rules", new { exclude = new[] { new { type = "filters" } }, boosts = new[] { new { match = new { sku = "grinder" }, factor = 100 } }, ladders = new[] { new[] { "mug", "grinder" } } });

        var skus = await coffee.SkusAsync("product=beans");
        Assert.Equal("grinder", skus[0]);
        Assert.DoesNotContain("filters", skus);
        Assert.Equal(["grinder"], await coffee.SkusAsync("product=mug&kind=upsell"));
    }

    [Fact]
    public async Task GetRecommendations_OfACustomer_RemindOnTheAccountPageOnlyAndNotOfWhatLasts()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());

        Assert.Contains("grinder", await coffee.SkusAsync("product=beans"));
        Assert.DoesNotContain("grinder", await coffee.SkusAsync("product=beans&customer=anna"));
        Assert.Contains("beans", await coffee.SkusAsync("touchpoint=account_page&customer=anna"));
        Assert.DoesNotContain("beans", await coffee.SkusAsync("touchpoint=in_app&customer=anna"));
    }

    [Fact]
    public async Task RecommendToCustomers_AnswersEachInTheOrderGiven()
    {
        await using var coffee = await StartAsync(azurite.NewAccount());

        using var response = await coffee.Host.Client.PostAsJsonAsync("/api/recommendations/batch", new
        {
            shop = Shop.Value,
            touchpoint = "account_page",
            limit = 3,
            customers = new object[] { new { customer = "nobody" }, new { customer = "anna" }, new { customer = "customer-1", products = new[] { "filters" } } },
        }, TestContext.Current.CancellationToken);

        var customers = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["customers"]!.AsArray();
        Assert.Equal(["nobody", "anna", "customer-1"], customers.Select(customer => (string)customer!["customer"]!));
        Assert.Contains(customers[1]!["items"]!.AsArray(), item => (string?)item!["source"] == "habit");
        Assert.DoesNotContain(customers[2]!["items"]!.AsArray(), item => (string?)item!["sku"] == "filters");
        Assert.All(customers, customer => Assert.Equal(3, customer!["items"]!.AsArray().Count));
    }

    [Fact]
    public async Task RecommendToCustomers_TooMany_IsRefused()
    {
        await using var coffee = await StartAsync(azurite.NewAccount(), withOrders: false);
        var customers = Enumerable.Range(0, 1001).Select(number => new { customer = $"c{number}" });

        using var response = await coffee.Host.Client.PostAsJsonAsync("/api/recommendations/batch", new { shop = Shop.Value, customers, limit = 0 }, TestContext.Current.CancellationToken);

        var errors = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["errors"]!.AsObject();
        Assert.Equal((400, "must be 1 to 1000, 1001 given", "must be from 1 to 50"), ((int)response.StatusCode, (string?)errors["customers"]![0], (string?)errors["limit"]![0]));
    }

    [Fact]
    public async Task PutProducts_NewPrice_GoesToThePriceHistoryOnce()
    {
        await using var coffee = await StartAsync(azurite.NewAccount(), withOrders: false);
        var prices = coffee.Host.Services.GetRequiredService<IPriceHistoryStore>();

        await coffee.PutAsync("products", new object[] { new { sku = "mug", stock = 4 } });
        Assert.Equal([9m], await MugAsync());

        await coffee.PutAsync("products", new object[] { new { sku = "mug", price = new { amount = 8, currency = "EUR" } } });
        Assert.Equal([9m, 8m], await MugAsync());

        async Task<IEnumerable<decimal>> MugAsync() => (await prices.FindAsync(Shop, [new("mug")], default))[new("mug")].Select(change => change.Price.Amount);
    }

    private static async Task DecideAsync(ServedCoffee coffee, string with, string verdict)
    {
        using var answer = await coffee.Host.Client.PostAsJsonAsync(
            $"/api/affinity/decisions?shop={Shop}", new { a = "beans", b = with, verdict, author = "test" }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
