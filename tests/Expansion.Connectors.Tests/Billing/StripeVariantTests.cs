using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Connectors.Billing;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Billing;

/// <summary>Stripe's events as others like them come: only the envelope's own fields may be missed, and no number is too large to be read.</summary>
public sealed class StripeVariantTests
{
    private const string Invoice = """
        {"id":"evt_1","type":"invoice.paid","created":1787100000,"livemode":true,"data":{"object":
          {"id":"in_1","customer":"cus_1","billing_reason":"subscription_cycle","currency":"usd","period_end":1787000000,"discount":null,"discounts":["di_1"],
           "parent":{"type":"subscription_details","subscription_details":{"subscription":"sub_1","metadata":{"account":"a1"}}},
           "lines":{"data":[{"amount":20000,"discount_amounts":[{"amount":5000,"discount":"di_1"}],"period":{"start":1787000000,"end":1789678400},
             "parent":{"type":"subscription_item_details","subscription_item_details":{"proration":false,"subscription":"sub_1"}}}]}}}}
        """;

    private const string Price = """
        {"id":"evt_1","type":"price.updated","created":1787100000,"livemode":true,"data":{"object":
          {"id":"price_1","lookup_key":"pro","product":"prod_1","currency":"usd","unit_amount":1200,"unit_amount_decimal":"1200","recurring":{"interval":"month","interval_count":1},"metadata":{"seat_limit":"10"}},
          "previous_attributes":{"unit_amount":1000}}}
        """;

    private const string Alert = """
        {"id":"evt_1","type":"billing.alert.triggered","created":1787100000,"livemode":true,"data":{"object":{"customer":"cus_1","value":120,"alert":{"title":"api_calls","usage_threshold":{"gte":100}}}}}
        """;

    private static readonly string[] Envelope = [".id", ".type", ".created", ".data", ".data.object"];

    [Theory]
    [InlineData("customer.subscription.created")]
    [InlineData("customer.subscription.updated")]
    [InlineData("customer.subscription.deleted")]
    public void Read_PublishedSubscriptionWithEachFieldOtherwise_MissesTheEnvelopeAlone(string type)
    {
        var path = SharedMaterial.Find("integrations/samples/billing/stripe_customer_subscription_updated.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var sample = JsonNode.Parse(File.ReadAllText(path))!;
        sample["type"] = type;

        AssertRead(sample.ToJsonString());
    }

    [Theory]
    [InlineData(Invoice)]
    [InlineData(Price)]
    [InlineData(Alert)]
    public void Read_OtherEventsWithEachFieldOtherwise_MissTheEnvelopeAlone(string sample) => AssertRead(sample);

    private static void AssertRead(string text)
    {
        var missed = new List<string>();
        foreach (var (what, change) in JsonVariants.Of(JsonNode.Parse(text)!).Concat(JsonVariants.Large(JsonNode.Parse(text)!)))
        {
            var body = JsonNode.Parse(text)!;
            change(body);
            try
            {
                StripeEvents.Read(StripeEvents.Parse(JsonSerializer.SerializeToUtf8Bytes(body)), "account");
            }
            catch (JsonException)
            {
                missed.Add(what);
            }
        }

        Assert.DoesNotContain(missed, what => !Envelope.Contains(what.Split(' ')[0]));
    }
}
