using System.Text.Json;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Tests.Webhooks;

public sealed class ProductEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 3, 20, 26, 10, TimeSpan.Zero);

    [Fact]
    public void Read_UsageReported_IsTheLevelOfAnAllowance()
    {
        var usage = (UsageRecorded)Read("usage.reported", """{"account_id":"a1","metric":"seats","value":"9","limit":10,"period_start":"2026-11-01T00:00:00Z","observed_at":"2026-11-03T20:00:00Z","new":{"a":1}}""").Signals.Single();

        Assert.Equal(("seats", 0d, 9d, 10d), (usage.Metric, usage.Amount, usage.Used, usage.Limit));
        Assert.Equal(("evt", "a1", At.AddSeconds(-10).AddMinutes(-26)), (usage.Id, usage.Customer.Value, usage.At));
    }

    [Fact]
    public void Read_PriceChangedForLater_IsForEverybodyAndHeardOfNow()
    {
        var price = (PriceChanged)Read("price.changed", """{"plan":"pro","from":"10.00","to":"12.50","currency":"eur","effective_at":"2027-01-01T00:00:00Z"}""").Signals.Single();

        Assert.Equal((Signal.Everybody, new Money(10, "EUR"), new Money(12.5m, "EUR"), At), (price.Customer, price.From, price.To, price.At));
    }

    [Fact]
    public void Read_SubscriptionUpdated_IsPlanRenewalStartAndRevenue()
    {
        var read = Read("subscription.updated", """
            {"account_id":"a1","subscription_id":"s1","plan":"team","status":"active","quantity":5,"unit_price":"120.00","currency":"usd","interval":"year",
             "started_at":"2026-01-01T00:00:00Z","renews_at":"2027-01-01T00:00:00Z"}
            """);

        Assert.Equal(["SubscriptionStarted", "PlanChanged", "SubscriptionRenewed"], read.Signals.Select(signal => signal.GetType().Name));
        Assert.Equal(new Money(50, "USD"), ((PlanChanged)read.Signals[1]).Terms.Mrr);
        Assert.Equal(("s1", new Money(50, "USD"), At), (read.Subscription, read.Revenue!.Mrr, read.Revenue.From));
    }

    [Fact]
    public void Read_SubscriptionThatWillEnd_IsCancelledAndPaysUntilThen()
    {
        var read = Read("subscription.updated", """{"account_id":"a1","subscription_id":"s1","plan":"team","status":"active","unit_price":"10","currency":"usd","cancel_at":"2026-12-01T00:00:00Z"}""");

        Assert.IsType<SubscriptionCancelled>(Assert.Single(read.Signals));
        Assert.Equal(10, read.Revenue!.Mrr.Amount);
    }

    [Fact]
    public void Read_AccountEvents_TellTheContactOrThatItGoes()
    {
        var contact = Read("account.updated", """{"account_id":"a1","email":"Ada@Example.com","name":"Ada"}""").Contact;
        Assert.Equal(("a1", "Ada@Example.com", "Ada", (bool?)null), (contact!.Customer.Value, contact.Email, contact.Name, contact.EmailConsent));
        Assert.Equal(new CustomerId("a1"), Read("account.deleted", """{"account_id":"a1"}""").Erase);
    }

    [Fact]
    public void Read_OneOfOurSignals_IsTakenAsItStands()
    {
        using var json = JsonDocument.Parse("""{"type":"feature_used","id":"own","customer":"a1","at":"2026-11-03T20:00:00Z","feature":"export","times":3}""");

        Assert.Equal(("own", 3), ProductEvents.Read(json.RootElement, "evt").Signals.OfType<FeatureUsed>().Select(signal => (signal.Id, signal.Times)).Single());
    }

    [Theory]
    [InlineData("usage.reported", """{"account_id":"a1","metric":"seats"}""", "value")]
    [InlineData("usage.reported", """{"account_id":"*","metric":"seats","value":1}""", "customer")]
    [InlineData("feature.used", """{"account_id":"a1","feature":"x","count":0}""", "times")]
    [InlineData("no.such", "{}", "no.such")]
    [InlineData("usage.reported", "[]", "")]
    public void Read_WhatIsWrong_SaysSo(string type, string data, string named) => Assert.Contains(named, Assert.Throws<JsonException>(() => Read(type, data)).Message, StringComparison.Ordinal);

    private static ToldEvent Read(string type, string data)
    {
        using var json = JsonDocument.Parse($$"""{"type":"{{type}}","timestamp":"2026-11-03T20:26:10Z","data":{{data}}}""");
        return ProductEvents.Read(json.RootElement, "evt");
    }
}
