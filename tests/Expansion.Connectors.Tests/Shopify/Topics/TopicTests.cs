using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Topics;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;
using Expansion.LocalHost;
using Expansion.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Tests.Shopify.Topics;

/// <summary>What each topic becomes.</summary>
public sealed partial class TopicTests
{
    private const string Cart = """{"id":"c1?key=a","token":"c1?key=a","updated_at":"2026-03-01T10:00:00Z","line_items":[LINES]}""";
    private const string Offered = """{"id":1,"quantity":2,"variant_id":48003,"sku":"","line_price":"9.00","properties":{"_expansion_offer":"offer-1","x":[1]},"price_set":{"shop_money":{"amount":"4.50","currency_code":"USD"}}}""";

    private static readonly ShopId Shop = ShopId.From("coffee.myshopify.com");
    private static readonly DateTimeOffset Sent = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServiceProvider Services = new ServiceCollection().AddShopify(new ConfigurationBuilder().Build()).BuildServiceProvider();
    private static readonly IShopifyTopic[] Taken = [.. Services.GetServices<IShopifyTopic>()];
    private static readonly ShopifyTopics Topics = Services.GetRequiredService<ShopifyTopics>();

    [Fact]
    public void Read_EverySampleOfShopifys_IsUnderstood()
    {
        var folder = SharedMaterial.Find("integrations/samples/shopify/webhooks");
        Assert.SkipWhen(folder is null, SharedMaterial.Missing);
        var topics = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, "TOPICS.json")))!.AsObject();

        Assert.All(topics, entry =>
        {
            var sample = (string?)entry.Value!["sample_identical_to"] ?? entry.Key;
            var body = File.ReadAllBytes(Path.Combine(folder!, $"{sample.Replace('/', '_').Replace('.', '_')}.json"));
            if (Topics.Find(entry.Key) is { } topic)
            {
                topic.Read(new(Shop, entry.Key, "1", Sent, body));
            }
        });
        Assert.True(topics.Count(entry => Topics.Find(entry.Key) is not null) >= 20);
    }

    [Fact]
    public void Subscriptions_OfTheAppsSettings_AreTheTopicsThatAreTaken()
    {
        var settings = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "functions", "Expansion.Storefront", "shopify.app.toml"));
        var subscribed = TopicName().Matches(settings[settings.IndexOf("[webhooks]", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value);

        Assert.Equal(Taken.SelectMany(topic => topic.Topics).Order(StringComparer.Ordinal), subscribed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("carts/update", "captured/carts_update_with_properties.json", 0)]
    [InlineData("customers/redact", "raw/customers_redact.body", 1)]
    [InlineData("carts/update", "raw/carts_update.body", 0)]
    public void Read_CapturedBodies_AreUnderstood(string topic, string name, int messages)
    {
        var file = SharedMaterial.Find($"integrations/samples/shopify/{name}");
        Assert.SkipWhen(file is null, SharedMaterial.Missing);

        Assert.Equal(messages, Topics.Find(topic)!.Read(new(Shop, topic, "1", Sent, File.ReadAllBytes(file!))).Count);
    }

    [Fact]
    public void Cart_WithAnOfferInIt_IsAClickAndACartOfWhomItWasMadeTo()
    {
        var message = Shopper("carts/update", Cart.Replace("LINES", Offered + """,{"quantity":1,"sku":"BEANS","line_price":"10.00","properties":null}""", StringComparison.Ordinal));

        Assert.Equal(["offer-1"], message.Offers);
        Assert.Null(message.Customer);
        Assert.Equal(("storefront:click:offer-1", "offer-1"), message.Signals[0] is OfferClick click ? (click.Id, click.Offer) : default);
        var cart = Assert.IsType<CartChanged>(message.Signals[1]);
        Assert.Equal((new Money(19, "USD"), "cart:c1:639079560000000000"), (cart.Total, cart.Id));
        Assert.Equal([new("variant:48003"), new Sku("BEANS")], cart.Skus);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"_expansion_offer":7}""")]
    [InlineData("""{"_expansion_offer":""}""")]
    public void Cart_WithoutAnOffer_NamesNobody(string properties) =>
        Assert.Empty(Read("carts/create", Cart.Replace("LINES", $$"""{"quantity":1,"sku":"A","properties":{{properties}}}""", StringComparison.Ordinal)));

    [Fact]
    public void Checkout_OfACustomer_IsTheirCart()
    {
        var checkout = """{"token":"t","updated_at":"2026-03-01T10:00:00Z","currency":"EUR","customer":{"id":7},"line_items":[{"sku":"A","quantity":2,"price":"5.00"}]}""";

        var message = Shopper("checkouts/update", checkout);
        Assert.Equal((new CustomerId("7"), new Money(10, "EUR")), (message.Customer, ((CartChanged)message.Signals[0]).Total));
        Assert.Empty(((CartChanged)Shopper("checkouts/update", checkout.Replace("\"currency\"", "\"completed_at\":\"2026-03-01T10:00:00Z\",\"currency\"", StringComparison.Ordinal)).Signals[0]).Skus);
        Assert.Empty(Read("checkouts/create", """{"token":"t","updated_at":"2026-03-01T10:00:00Z","currency":"EUR","customer":null}"""));
    }

    [Theory]
    [InlineData("unsubscribed", 1)]
    [InlineData("subscribed", 0)]
    [InlineData("not_subscribed", 0)]
    public void Customer_WhoWantsNoMail_HasOptedOutOfIt(string state, int expected)
    {
        var messages = Read("customers/update", $$$"""{"id":7,"updated_at":"2026-03-01T10:00:00Z","email_marketing_consent":{"state":"{{{state}}}","consent_updated_at":"2026-02-01T10:00:00Z"}}""");

        Assert.Equal(expected, messages.Count);
        Assert.All(messages, message => Assert.Equal(Channel.Email, ((OfferOptedOut)((ShopperReceived)message).Signals[0]).Channel));
    }

    [Theory]
    [InlineData("subscription_contracts/create", "active", typeof(SubscriptionStarted))]
    [InlineData("subscription_contracts/update", "active", typeof(PlanChanged))]
    [InlineData("subscription_contracts/update", "cancelled", typeof(SubscriptionCancelled))]
    [InlineData("subscription_contracts/update", "expired", typeof(SubscriptionCancelled))]
    [InlineData("subscription_contracts/update", "paused", null)]
    public void Contract_InEachState_IsWhatItSays(string topic, string status, Type? expected)
    {
        var message = Shopper(topic, $$$"""{"id":71,"customer_id":7,"revision_id":"3","status":"{{{status}}}","billing_policy":{"interval":"week","interval_count":4}}""");

        Assert.Equal(("71", new CustomerId("7")), (message.Contract, message.Customer));
        Assert.Equal(expected, message.Signals.SingleOrDefault()?.GetType());
    }

    [Fact]
    public void BillingAttempt_NamesNoCustomer_OnlyItsContract()
    {
        var message = Shopper("subscription_billing_attempts/failure", """{"admin_graphql_api_subscription_contract_id":"gid://shopify/SubscriptionContract/71","idempotency_key":"k"}""");

        Assert.Equal(("71", null), (message.Contract, message.Customer));
        Assert.Equal("billing:k:failed", Assert.IsType<PaymentFailed>(Assert.Single(message.Signals)).Id);
    }

    [Fact]
    public void InventoryLevel_OfALocation_NamesWhatItsStockIsToldUnder()
    {
        var level = Assert.IsType<StockReceived>(Assert.Single(Read("inventory_levels/update", """{"inventory_item_id":271878346596884015,"location_id":"24826418","available":-2,"updated_at":"2026-03-01T05:00:00-05:00"}""")));

        Assert.Equal(("271878346596884015", "24826418", -2L, Sent.AddHours(-2)), (level.Item, level.Location, level.Available, level.At));
        Assert.Empty(Read("inventory_levels/update", """{"inventory_item_id":1,"location_id":2,"available":null}"""));
    }

    [Theory]
    [InlineData("completed", 1)]
    [InlineData("failed", 0)]
    [InlineData("in_progress", 0)]
    public void Merge_OfTwoCustomers_CountsOnceItIsDone(string status, int expected)
    {
        var messages = Read("customers/merge", $$"""{"admin_graphql_api_customer_kept_id":"gid://shopify/Customer/1","admin_graphql_api_customer_deleted_id":"gid://shopify/Customer/2","status":"{{status}}","errors":[]}""");

        Assert.Equal(expected, messages.Count);
        Assert.All(messages, message => Assert.Equal(new CustomersMerged(Shop, new("1"), new("2")), message));
    }

    [Fact]
    public void Redact_OfACustomer_NamesThemInEveryWay()
    {
        var message = Assert.IsType<CustomerErasureRequested>(Assert.Single(Read("customers/redact", """{"shop_domain":"coffee.myshopify.com","customer":{"id":7,"email":" Jane@Example.org "},"orders_to_redact":[1,"2"]}""")));

        Assert.Equal("Jane@Example.org", message.Person.Email);
        Assert.Equal([new("7"), ShopifyCustomers.IdOf("jane@example.org")], message.Person.Ids);
        Assert.Equal([new("1"), new OrderId("2")], message.Person.Orders);
    }

    [Theory]
    [InlineData("customers/redact", """{"customer":{}}""")]
    [InlineData("customers/redact", """{"customer":{"id":7},"shop_domain":"other.myshopify.com"}""")]
    [InlineData("shop/redact", """{"shop_domain":"other.myshopify.com"}""")]
    [InlineData("shop/redact", "null")]
    [InlineData("carts/update", """{"token":{}}""")]
    [InlineData("subscription_contracts/update", """{"id":"x"}""")]
    [InlineData("bulk_operations/finish", "{}")]
    [InlineData("customers/merge", """{"admin_graphql_api_customer_kept_id":"gid://shopify/Customer/1","admin_graphql_api_customer_deleted_id":"gid://shopify/Customer/1","status":"completed"}""")]
    [InlineData("inventory_levels/update", """{"location_id":1,"available":1}""")]
    public void Body_ThatIsNot_IsRefused(string topic, string body) => Assert.Throws<JsonException>(() => Read(topic, body));

    [GeneratedRegex("\"([a-z_]+/[a-z_]+)\"")]
    private static partial Regex TopicName();

    private static ShopperReceived Shopper(string topic, string body) => Assert.IsType<ShopperReceived>(Assert.Single(Read(topic, body)));

    private static IReadOnlyList<IReceived> Read(string topic, string body) => Topics.Find(topic)!.Read(new(Shop, topic, "1", Sent, Encoding.UTF8.GetBytes(body)));
}
