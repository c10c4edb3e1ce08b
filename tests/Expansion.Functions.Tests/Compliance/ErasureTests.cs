using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Timing;
using Expansion.Functions.Compliance;
using Expansion.Functions.Recommendations;
using Expansion.Testing;
using Expansion.Testing.Fakes;
using Expansion.Testing.Shopify;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Expansion.Functions.Tests.Compliance;

/// <summary>An erased customer is gone, and stays so whoever names them afterwards and whatever was being written meanwhile.</summary>
[Trait("Category", "Azurite")]
public sealed class ErasureTests(AzuriteFixture azurite)
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Jane = "70640550693037";
    private const string Email = "jane.doe@example.org";

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);
    private static readonly CustomerId Customer = new(Jane);

    private static readonly Dictionary<string, string?> Settings = new(ShopifySender.Settings)
    {
        ["Webhooks:Sources:0:Id"] = "app",
        ["Webhooks:Sources:0:Shop"] = ShopifySender.Shop,
        ["Webhooks:Sources:0:Secrets:0"] = Secret,
        // Nobody answers there: what is to go out stays.
        ["Odoo:Connections:0:Shop"] = ShopifySender.Shop,
        ["Odoo:Connections:0:Url"] = "http://127.0.0.1:9",
        ["Odoo:Connections:0:Database"] = "coffee",
        ["Odoo:Connections:0:Login"] = "bot",
        ["Odoo:Connections:0:Keys:0"] = "key",
    };

    private int _deliveries;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erasure_OfACustomerWithEverythingThereIs_LeavesNoTraceAndNobodyBringsThemBack(bool byEvent)
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });
        await PutAsync(host, "settings", new { currency = "USD" });
        await PutAsync(host, "budgets/spring", new { limit = new { amount = 95, currency = "USD" }, spent = new { amount = 0, currency = "USD" } });
        Assert.Equal(Expected.Taken, await TellAllAsync(host));
        await host.SettleAsync();
        var tables = (await StorageDump.FindAsync(host, Jane, Stop)).Select(place => place.Split(':', '/')[0]).Distinct().ToList();
        Assert.Superset(new HashSet<string> { "table Contacts", "table Customers", "table Outbox", "table Pricing", "table RecurringRevenue", "table SignalRates" }, tables.ToHashSet());

        if (byEvent)
        {
            await SendEventAsync(host, "account.deleted", new { account_id = Jane });
        }
        else
        {
            using var answer = await host.Client.DeleteAsync($"/api/shops/{Shop}/customers/{Jane}", Stop);
            Assert.Equal(202, (int)answer.StatusCode);
        }

        var receipt = await host.ReceiptAsync(Shop, ComplianceTask.CustomerErasure);
        Assert.Equal(ComplianceReceipt.Hash(Shop.Value, Jane), receipt.Subject);
        Assert.Empty(await StorageDump.FindAsync(host, Jane, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, Email, Stop));

        Assert.Equal(Expected.Erased, await TellAllAsync(host));
        await host.SettleAsync();
        Assert.Empty(await StorageDump.FindAsync(host, Jane, Stop));
        Assert.Empty(await StorageDump.FindAsync(host, Email, Stop));
    }

    [Fact]
    public async Task Training_WhileACustomerIsErased_KeepsNothingOfThem()
    {
        // The erasure has been through storage by the time the model is written.
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Services = services => Meanwhile<IModelStore>(services, (real, erased) =>
            {
                var store = new Mock<IModelStore>();
                store.Setup(models => models.WriteAsync(Shop, It.IsAny<string>(), It.IsAny<string>(), It.IsAny<Action<Stream>>(), Stop))
                    .Returns(async (ShopId shop, string generation, string file, Action<Stream> write, CancellationToken stop) =>
                    {
                        await erased();
                        await real.WriteAsync(shop, generation, file, write, stop);
                    });
                store.Setup(models => models.PublishAsync(Shop, It.IsAny<ModelGeneration>(), Stop)).Returns(real.PublishAsync);
                return store.Object;
            }),
        });
        await host.Services.GetRequiredService<IBasketSegments>().WriteAsync(
            Shop, new(2026, 3), new([Bought("1", Jane), Bought("2", "4711")], null), Stop);

        await host.Services.GetRequiredService<ModelTraining>().RunAsync(Shop, Stop);

        Assert.DoesNotContain(await StorageDump.FindAsync(host, Jane, Stop), place => place.StartsWith("blob models", StringComparison.Ordinal));
        Assert.Contains(await StorageDump.FindAsync(host, "4711", Stop), place => place.StartsWith("blob models", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signal_SavedAfterItsCustomerWasErased_GoesWithIt()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Services = services => Meanwhile<ICustomerStore>(services, (real, erased) =>
            {
                var store = new Mock<ICustomerStore>();
                store.Setup(customers => customers.FindAsync(Shop, It.IsAny<IReadOnlyCollection<CustomerId>>(), It.IsAny<CancellationToken>())).Returns(real.FindAsync);
                store.Setup(customers => customers.SaveAsync(Shop, It.IsAny<IReadOnlyList<StoredCustomer>>(), It.IsAny<CancellationToken>()))
                    .Returns(async (ShopId shop, IReadOnlyList<StoredCustomer> saved, CancellationToken stop) =>
                    {
                        await erased();
                        return await real.SaveAsync(shop, saved, stop);
                    });
                return store.Object;
            }),
        });
        await PutAsync(host, "settings", new { currency = "USD" });

        Assert.Equal(202, await PostAsync(host, $"events?shop={Shop}", Signal()));
        await host.ReceiptAsync(Shop, ComplianceTask.CustomerErasure);

        Assert.Empty(await StorageDump.FindAsync(host, Jane, Stop));
    }

    [Fact]
    public async Task Written_AboutSeveral_ErasesThoseOnceMoreWhoWereErased()
    {
        var (store, inbox) = (new MemoryErasedStore(), new Mock<IInbox>());
        await store.AddAsync(Shop, ErasedNames.HashesOf(Shop, new([Customer], null, [])), Stop);

        await new Erasures(store, inbox.Object, TimeProvider.System).WrittenAsync(Shop, [new("4711"), Customer, Customer], Stop);

        inbox.Verify(sent => sent.SendAsync(It.Is<CustomerErasureRequested>(request => request.Person.Ids.Single() == Customer), Stop), Times.Once);
        inbox.VerifyNoOtherCalls();
    }

    /// <summary>Stands before a store and has the customer among the erased before the first write gets through, as when their rows were looked for just then.</summary>
    private static void Meanwhile<TStore>(IServiceCollection services, Func<TStore, Func<Task>, TStore> before)
        where TStore : class
    {
        var real = services.Last(service => service.ServiceType == typeof(TStore)).ImplementationType!;
        services.AddSingleton(provider => before(
            (TStore)ActivatorUtilities.CreateInstance(provider, real),
            async () =>
            {
                await provider.GetRequiredService<IErasedStore>().AddAsync(Shop, ErasedNames.HashesOf(Shop, new([Customer], null, [])), Stop);
                await Eventually.TrueAsync(async () => (await provider.GetRequiredService<Erasures>().OfAsync(Shop, Stop)).Has(Customer), "this instance knows");
            }));
    }

    private static Order Bought(string id, string customer)
    {
        var at = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        return new(new(id), new(customer), at, at, [new(new("beans"), 1, 1, new(10, "USD")), new(new("filters"), 1, 1, new(4, "USD"))]);
    }

    private static object Signal() => new { type = "feature_used", feature = "wishlist", id = Guid.NewGuid().ToString(), customer = Jane, at = DateTimeOffset.UtcNow };

    /// <summary>Everybody who can name a customer does.</summary>
    private async Task<Expected> TellAllAsync(TestHost host)
    {
        var now = DateTimeOffset.UtcNow;
        using var contact = await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/{Jane}", new { email = Email, email_consent = true }, Stop);
        var reserved = await PostAsync(host, $"shops/{Shop}/budgets/spring/reservations", new { customer = Jane, price = new { amount = 100, currency = "USD" }, incentive = new { kind = "percentage", share = 0.1 } });
        var opportunity = await PostAsync(host, $"crm/opportunities?shop={Shop}", new { id = "op_1", customer = Jane, product = "GR-1", reason = "Bought beans.", next_step = "Call." });
        await SendEventAsync(host, "account.updated", new { account_id = Jane, email = Email });
        await SendEventAsync(host, "subscription.updated", new { account_id = Jane, subscription_id = "s1", plan = "team", status = "active", unit_price = "30", currency = "usd" });
        Assert.Equal(202, await PostAsync(host, $"events?shop={Shop}", Signal()));
        Assert.Equal(202, await PostAsync(host, $"shops/{Shop}/outcomes", new[] { new { id = Guid.NewGuid().ToString(), kind = "satisfaction", at = now, customer = Jane, amount = 5 } }));
        Assert.Equal(200, await PostAsync(host, "offers/next", new { shop = Shop, customer = Jane, touchpoint = "cart_page", cart = new { total = new { amount = 80, currency = "USD" }, skus = new[] { "beans" } } }));
        using var shown = await host.Client.PostAsync($"/api/storefront/events{ShopifySender.Proxy("visit=v&event=click&offer=1", now, Jane)}", null, Stop);
        Assert.True(shown.IsSuccessStatusCode);
        return new((int)contact.StatusCode, reserved, opportunity);
    }

    private async Task SendEventAsync(TestHost host, string type, object data)
    {
        var id = $"evt_{_deliveries++}";
        var body = Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(new { type, timestamp = DateTimeOffset.UtcNow, data }));
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/events/from/app") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(WebhookSecret.Parse(Secret), id, seconds, body));
        using var answer = await host.Client.SendAsync(request, Stop);
        Assert.Equal(202, (int)answer.StatusCode);
    }

    private static async Task<int> PostAsync(TestHost host, string path, object body)
    {
        using var answer = await host.Client.PostAsJsonAsync($"/api/{path}", body, Stop);
        return (int)answer.StatusCode;
    }

    private static async Task PutAsync(TestHost host, string path, object body)
    {
        using var answer = await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/{path}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>What those answer who must say that they take nothing.</summary>
    private sealed record Expected(int Contact, int Reservation, int Opportunity)
    {
        public static readonly Expected Taken = new(204, 200, 202);
        public static readonly Expected Erased = new(410, 410, 410);
    }
}
