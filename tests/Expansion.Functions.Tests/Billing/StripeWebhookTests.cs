using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Billing;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Billing;

[Trait("Category", "Azurite")]
public sealed class StripeWebhookTests(AzuriteFixture azurite)
{
    private const string Secret = "whsec_test_secret";

    private static readonly ShopId Shop = ShopId.From("saas.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Billing:Stripe:Accounts:0:Shop"] = "saas.example",
        ["Billing:Stripe:Accounts:0:Secrets:0"] = "whsec_old",
        ["Billing:Stripe:Accounts:0:Secrets:1"] = Secret,
    };

    [Fact]
    public async Task Subscription_ThenAnUpgradeAndACopyOfIt_ReachTheCustomerAndTheBooksOnce()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });
        var now = DateTimeOffset.UtcNow;
        var lastMonth = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-3);

        Assert.Equal("accepted", await SendAsync(host, Event("evt_2", now, 12)));
        Assert.Equal("accepted", await SendAsync(host, Event("evt_1", lastMonth, 9)));
        Assert.Equal("duplicate", await SendAsync(host, Event("evt_2", now, 12)));
        Assert.Equal("ignored", await SendAsync(host, Event("evt_3", now, 1).Replace("\"livemode\":true", "\"livemode\":false", StringComparison.Ordinal)));

        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(
            async () => (await customers.FindAsync(Shop, [new("cus_1")], Stop))[0].Record.State.Subscription.Terms?.Value.Mrr == new Money(240, "USD"),
            "the newer event's plan is known, though it came first");
        var books = await host.Client.GetFromJsonAsync<JsonObject>($"/api/billing/recurring-revenue?shop={Shop}&month={now.AddMonths(0):yyyy-MM}", Stop);
        Assert.Equal((180m, 60m, 240m), ((decimal)books!["movements"]!["start"]!, (decimal)books["movements"]!["expansion"]!, (decimal)books["movements"]!["end"]!));
    }

    [Fact]
    public async Task Post_WhatStripeDidNotSignNow_IsRefused()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });
        var body = Event("evt_1", DateTimeOffset.UtcNow, 1);

        Assert.Equal("401", await SendAsync(host, body, secret: "whsec_other"));
        Assert.Equal("401", await SendAsync(host, body, secondsAgo: 302));
        Assert.Equal("401", await SendAsync(host, body, shop: "other.example"));
        Assert.Equal("400", await SendAsync(host, """{"id":"evt_test","object":"event"}"""));
        Assert.Equal("413", await SendAsync(host, new string(' ', 1_048_577)));
    }

    private static string Event(string id, DateTimeOffset created, int seats) => $$"""
        {"id":"{{id}}","type":"customer.subscription.updated","created":{{created.ToUnixTimeSeconds()}},"livemode":true,"data":{"object":
         {"id":"sub_1","customer":"cus_1","status":"active","items":{"data":[{"id":"si_1","quantity":{{seats}},"price":{"id":"price_1","lookup_key":"team","currency":"usd","unit_amount":2000,"recurring":{"interval":"month"} } }] } } } }
        """;

    private static async Task<string?> SendAsync(TestHost host, string text, string secret = Secret, int secondsAgo = 0, string shop = "saas.example")
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - secondsAgo;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/billing/stripe/{shop}") { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{text}"));
        request.Headers.Add(StripeSignature.Header, $"t={seconds},v1={Convert.ToHexStringLower(hash)}");
        using var answer = await host.Client.SendAsync(request, Stop);
        var json = await answer.Content.ReadFromJsonAsync<JsonObject>(Stop);
        return (string?)json!["outcome"] ?? json["status"]!.ToString();
    }
}
