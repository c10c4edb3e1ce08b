using System.Text;
using System.Text.Json;
using Expansion.Connectors.Billing;
using Expansion.Engine;
using Expansion.Engine.Timing.Signals;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Billing;

public sealed class StripeEventsTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1787100000);

    [Fact]
    public void Read_PublishedSubscription_IsPlanSeatsRenewalAndRevenue()
    {
        var path = SharedMaterial.Find("integrations/samples/billing/stripe_customer_subscription_updated.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);

        var told = StripeEvents.Read(StripeEvents.Parse(File.ReadAllBytes(path)))!;

        Assert.Equal(["SubscriptionStarted", "PlanChanged", "SubscriptionRenewed"], told.Signals.Select(signal => signal.GetType().Name));
        var terms = ((PlanChanged)told.Signals[1]).Terms;
        Assert.Equal(("team_monthly", new Money(240, "USD"), 10d), (terms.Plan, terms.Mrr, terms.Limits!["seat"]));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1789678400), ((SubscriptionRenewed)told.Signals[2]).RenewsAt);
        Assert.Equal(("cus_QXg1o8vcGmoR32", "sub_1Pgc6rB7WZ01zgkWNy0Cn5nw", new Money(240, "USD"), At), (told.Customer!.Value.Value, told.Subscription, told.Revenue!.Mrr, told.Revenue.From));
    }

    [Theory]
    [InlineData("\"cancel_at_period_end\":true", 20)]
    [InlineData("\"cancel_at\":1790000000", 20)]
    [InlineData("\"status\":\"canceled\",\"ended_at\":1787000000", 0)]
    [InlineData("\"pause_collection\":{\"behavior\":\"void\"}", 0)]
    [InlineData("\"status\":\"paused\"", 0)]
    public void Read_SubscriptionOnItsWayOut_IsCancelledAndPaysWhileItRuns(string change, int revenue)
    {
        var told = Read("customer.subscription.updated", Subscription(change))!;

        Assert.IsType<SubscriptionCancelled>(Assert.Single(told.Signals));
        Assert.Equal(revenue, told.Revenue!.Mrr.Amount);
    }

    [Theory]
    [InlineData("customer.subscription.deleted", "\"status\":\"canceled\"", 0)]
    [InlineData("customer.subscription.created", "\"status\":\"trialing\"", 0)]
    [InlineData("customer.subscription.updated", "\"status\":\"past_due\"", 20)]
    [InlineData("customer.subscription.resumed", "\"status\":\"active\"", 20)]
    public void Read_EachState_BringsWhatIsPaid(string type, string change, int revenue) => Assert.Equal(revenue, Read(type, Subscription(change))!.Revenue!.Mrr.Amount);

    [Theory]
    [InlineData("year", 1, "usd", 24000, 20)]
    [InlineData("month", 3, "usd", 6000, 20)]
    [InlineData("week", 1, "usd", 300, 13)]
    [InlineData("month", 1, "jpy", 2000, 2000)]
    [InlineData("month", 1, "kwd", 20000, 20)]
    public void Read_Intervals_AreBroughtToAMonth(string interval, int count, string currency, int amount, decimal expected)
    {
        var told = Read("customer.subscription.created", Subscription($$$"""
            "items":{"data":[
              {"id":"si_1","quantity":1,"price":{"id":"price_1","product":{"id":"prod_1"},"currency":"{{{currency}}}","unit_amount":{{{amount}}},"recurring":{"interval":"{{{interval}}}","interval_count":{{{count}}} }} },
              {"id":"si_2","price":{"id":"price_2","currency":"{{{currency}}}","unit_amount":5,"recurring":{"interval":"month","usage_type":"metered"}} }]}
            """))!;

        Assert.Equal(new Money(expected, currency.ToUpperInvariant()), told.Revenue!.Mrr);
    }

    [Theory]
    [InlineData("""{"coupon":{"id":"c","percent_off":25,"duration":"forever"}}""", 15)]
    [InlineData("""{"coupon":{"id":"c","percent_off":25,"duration":"repeating"}}""", 15)]
    [InlineData("""{"coupon":{"id":"c","percent_off":25,"duration":"once"}}""", 20)]
    [InlineData("""{"coupon":{"id":"c","amount_off":500,"currency":"usd","duration":"forever"}}""", 15)]
    [InlineData("""{"coupon":{"id":"c","amount_off":500,"currency":"eur","duration":"forever"}}""", 20)]
    [InlineData("""{"coupon":{"id":"c","amount_off":9900,"currency":"usd","duration":"forever"}}""", 0)]
    [InlineData("""{"source":{"type":"coupon","coupon":{"id":"c","percent_off":"50","duration":"forever"}}}""", 10)]
    [InlineData("null", 20)]
    public void Read_Coupons_ThatLastComeOffWhatRecurs(string discount, decimal expected)
    {
        Assert.Equal(expected, Read("customer.subscription.updated", Subscription($"\"discounts\":[{discount}]"))!.Revenue!.Mrr.Amount);
        // Older versions send the only one under its own name as well.
        Assert.Equal(expected, Read("customer.subscription.updated", Subscription($"\"discount\":{discount},\"discounts\":[{discount}]"))!.Revenue!.Mrr.Amount);
    }

    /// <summary>Since API 2025-03-31: that something comes off is known, and how much isn't, so that no amount is told until it is paid.</summary>
    [Theory]
    [InlineData("\"discounts\":[\"di_1\"]")]
    [InlineData("\"discounts\":[{\"source\":{\"type\":\"coupon\",\"coupon\":\"c\"}}]")]
    [InlineData("\"items\":{\"data\":[{\"id\":\"si_1\",\"discounts\":[\"di_1\"],\"price\":{\"id\":\"p\",\"currency\":\"usd\",\"unit_amount\":1000}}]}")]
    public void Read_DiscountsByIdAlone_TellNoAmountWhileItIsPaid(string change)
    {
        var told = Read("customer.subscription.updated", Subscription(change))!;

        Assert.Null(told.Revenue);
        Assert.Null(told.Signals.OfType<PlanChanged>().Single().Terms.Mrr);
        Assert.Equal(0, Read("customer.subscription.deleted", Subscription(change))!.Revenue!.Mrr.Amount);
    }

    /// <summary>An invoice of that API as Stripe documents it: ten seats at 20 less 25 %, a proration, last month's usage.</summary>
    [Theory]
    [InlineData(1787000000, 1789678400, 150)]
    [InlineData(1787000000, 1818536000, 12.5)]
    [InlineData(1787000000, 1787604800, 651.7857)]
    public void Read_PaidInvoiceWithDiscountsByIdAlone_TellsWhatIsPaidAMonth(long start, long end, decimal expected)
    {
        var told = Read("invoice.paid", Invoice("\"discounts\":[\"di_1\"]", start, end))!;

        Assert.Equal(("sub_1", "cus_1", new Money(expected, "USD"), At), (told.Subscription, told.Customer!.Value.Value, told.Revenue!.Mrr, told.Revenue.From));
    }

    [Theory]
    [InlineData("\"discount\":{\"coupon\":{\"id\":\"c\",\"percent_off\":25,\"duration\":\"once\"}}")]
    [InlineData("\"parent\":null")]
    [InlineData("\"currency\":null")]
    [InlineData("\"lines\":null")]
    [InlineData("\"lines\":{\"data\":[{\"amount\":20000,\"discount_amounts\":[],\"period\":{\"start\":1787000000,\"end\":1789678400}}]}")]
    public void Read_OtherPaidInvoices_LeaveTheAmountToTheSubscription(string change) => Assert.Null(Read("invoice.paid", Merge(Invoice("\"x\":1"), $"{{{change}}}"))!.Revenue);

    private static string Invoice(string change, long start = 1787000000, long end = 1789678400) => Merge(
        $$$"""
        {"id":"in_1","customer":"cus_1","billing_reason":"subscription_cycle","currency":"usd","subtotal":20900,"total":15900,"total_discount_amounts":[{"amount":5000,"discount":"di_1"}],
         "parent":{"type":"subscription_details","subscription_details":{"subscription":"sub_1","metadata":{} } },
         "lines":{"data":[
           {"amount":20000,"quantity":10,"discount_amounts":[{"amount":5000,"discount":"di_1"}],"period":{"start":{{{start}}},"end":{{{end}}} },
            "parent":{"type":"subscription_item_details","subscription_item_details":{"proration":false,"subscription":"sub_1","subscription_item":"si_1"} },"pricing":{"price_details":{"price":"price_1"} } },
           {"amount":400,"discount_amounts":[],"period":{"start":1787000000,"end":1789678400},"parent":{"subscription_item_details":{"proration":true,"subscription":"sub_1"} } },
           {"amount":500,"discount_amounts":null,"period":{"start":1784400000,"end":1787000000} }]} }
        """,
        $"{{{change}}}");

    [Fact]
    public void Read_AFixedSumOffAYear_ComesOffEachMonthByATwelfth()
    {
        var told = Read("customer.subscription.updated", Subscription(
            """
            "discounts":[{"coupon":{"id":"c","amount_off":12000,"currency":"usd","duration":"forever"}}],
            "items":{"data":[{"id":"si_1","quantity":1,"price":{"id":"price_1","currency":"usd","unit_amount":24000,"recurring":{"interval":"year"}}}]}
            """))!;

        Assert.Equal(10, told.Revenue!.Mrr.Amount);
    }

    [Theory]
    [InlineData("\"cancel_at_period_end\":null,\"pause_collection\":null,\"metadata\":null,\"discount\":null,\"discounts\":null")]
    [InlineData("\"start_date\":\"1780000000\",\"current_period_end\":null")]
    [InlineData("\"items\":{\"data\":[null,{\"id\":\"si_1\",\"quantity\":\"2\",\"price\":{\"id\":\"price_1\",\"currency\":\"usd\",\"unit_amount\":\"1000\",\"metadata\":{\"seat_limit\":null},\"recurring\":null}}]}")]
    public void Read_FieldsThatAreNullOrText_AreTolerated(string change) => Assert.Equal(20, Read("customer.subscription.updated", Subscription(change))!.Revenue!.Mrr.Amount);

    [Fact]
    public void Read_SameProductAtAnotherPrice_IsAPriceChangeForThatCustomer()
    {
        var told = Read("customer.subscription.updated", Subscription(), """{"items":{"data":[{"id":"si_1","price":{"id":"price_0","product":"prod_1","currency":"usd","unit_amount":800,"recurring":{"interval":"month"}}}]}}""")!;

        var price = Assert.Single(told.Signals.OfType<PriceChanged>());
        Assert.Equal(("pro", new Money(8, "USD"), new Money(10, "USD"), "cus_1"), (price.Item, price.From, price.To, price.Customer.Value));
    }

    [Fact]
    public void Read_AnotherProductOrMoreSeats_IsNoPriceChange()
    {
        Assert.Empty(Read("customer.subscription.updated", Subscription(), """{"items":{"data":[{"id":"si_1","price":{"product":"prod_0","currency":"usd","unit_amount":800}}]}}""")!.Signals.OfType<PriceChanged>());
        Assert.Empty(Read("customer.subscription.updated", Subscription(), """{"items":{"data":[{"id":"si_1","quantity":1,"price":{"product":"prod_1","currency":"usd","unit_amount":1000}}]}}""")!.Signals.OfType<PriceChanged>());
    }

    [Fact]
    public void Read_Invoices_ArePaymentsAndRenewals()
    {
        var paid = Read("invoice.paid", """{"customer":{"id":"cus_1","object":"customer"},"billing_reason":"subscription_cycle","lines":{"data":[{"period":{"start":1787000000,"end":1789678400}}]}}""")!;
        Assert.Equal(["PaymentSucceeded", "SubscriptionRenewed"], paid.Signals.Select(signal => signal.GetType().Name));
        Assert.Single(Read("invoice.paid", """{"customer":"cus_1","billing_reason":"manual"}""")!.Signals);
        Assert.IsType<PaymentFailed>(Assert.Single(Read("invoice.payment_failed", """{"customer":"cus_1"}""")!.Signals));
        Assert.Equal(At, ((SubscriptionRenewed)Read("invoice.upcoming", """{"customer":"cus_1","period_end":1787100000}""")!.Signals.Single()).RenewsAt);
    }

    [Fact]
    public void Read_PriceUpdated_IsForEverybody()
    {
        var price = (PriceChanged)Read("price.updated", """{"id":"price_1","nickname":"Pro","currency":"eur","unit_amount":1200}""", """{"unit_amount":1000}""")!.Signals.Single();

        Assert.Equal((Signal.Everybody, "Pro", new Money(10, "EUR"), new Money(12, "EUR")), (price.Customer, price.Item, price.From, price.To));
    }

    [Fact]
    public void Read_UsageAlert_IsUseOfAnAllowance()
    {
        var usage = (UsageRecorded)Read("billing.alert.triggered", """{"customer":"cus_1","value":120,"alert":{"title":"api_calls","usage_threshold":{"gte":100}}}""")!.Signals.Single();

        Assert.Equal(("api_calls", 120d, 100d), (usage.Metric, usage.Used, usage.Limit));
    }

    [Fact]
    public void Read_OwnIdInMetadata_IsTheCustomer()
    {
        Assert.Equal("acc_9", Read("customer.subscription.updated", Subscription("\"metadata\":{\"account\":\"acc_9\"}"), metadata: "account")!.Customer!.Value.Value);
        Assert.Equal("acc_9", Read("invoice.payment_failed", """{"customer":"cus_1","parent":{"subscription_details":{"metadata":{"account":"acc_9"}}}}""", metadata: "account")!.Signals[0].Customer.Value);
        Assert.Equal("cus_1", Read("invoice.payment_failed", """{"customer":"cus_1","metadata":{}}""", metadata: "account")!.Signals[0].Customer.Value);
    }

    [Theory]
    [InlineData("charge.succeeded", "{}")]
    [InlineData("customer.subscription.trial_will_end", "{}")]
    [InlineData("customer.subscription.updated", """{"id":"sub_1"}""")]
    [InlineData("customer.subscription.updated", """{"id":"sub_1","customer":"cus_1","items":{"data":[]}}""")]
    [InlineData("invoice.paid", """{"customer":null}""")]
    [InlineData("price.updated", """{"id":"price_1"}""")]
    public void Read_WhatTellsNothing_IsNull(string type, string json) => Assert.Null(Read(type, json));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"id":"evt_test","object":"event"}""")]
    [InlineData("""{"id":"evt_test","type":"x","data":{"object":1}}""")]
    public void Parse_NoEvent_Throws(string body) => Assert.Throws<JsonException>(() => StripeEvents.Parse(Encoding.UTF8.GetBytes(body)));

    private static string Subscription(string change = "\"description\":null") => Merge(
        """
        {"id":"sub_1","customer":"cus_1","status":"active","start_date":1780000000,"current_period_end":1789678400,"new_field":[1],
         "items":{"data":[{"id":"si_1","quantity":2,"price":{"id":"price_1","lookup_key":"pro","product":"prod_1","currency":"usd","unit_amount":1000,"recurring":{"interval":"month"}}}]}}
        """,
        $"{{{change}}}");

    private static string Merge(string json, string change)
    {
        var merged = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }

    private static Connectors.ToldEvent? Read(string type, string json, string? previous = null, string? metadata = null) => StripeEvents.Read(
        StripeEvents.Parse(Encoding.UTF8.GetBytes($$"""{"id":"evt_1","type":"{{type}}","created":1787100000,"livemode":true,"data":{"object":{{json}},"previous_attributes":{{previous ?? "null"}} } }""")),
        metadata);
}
