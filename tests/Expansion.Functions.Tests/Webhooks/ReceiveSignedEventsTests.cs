using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Webhooks;

[Trait("Category", "Azurite")]
public sealed class ReceiveSignedEventsTests(AzuriteFixture azurite)
{
    private const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly ShopId Shop = ShopId.From("saas.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Webhooks:Sources:0:Id"] = "app",
        ["Webhooks:Sources:0:Shop"] = "saas.example",
        ["Webhooks:Sources:0:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ["Webhooks:Sources:0:Secrets:1"] = Secret,
    };

    private static readonly string Subscription = Event("subscription.updated", """{"account_id":"a1","subscription_id":"s1","plan":"team","status":"active","unit_price":"30","currency":"usd"}""");
    private static readonly string Account = Event("account.updated", """{"account_id":"a1","email":"ada@example.com"}""");

    [Fact]
    public async Task Post_AListWithOneMistake_TakesTheRestAndNamesIt()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });

        var receipt = await SendAsync(host, "evt_1", $"[{Subscription},{Account},{Event("no.such", "{}")}]", 202);

        Assert.Equal((2, 0, 2), ((int?)receipt["accepted"], (int?)receipt["duplicate"], (int?)receipt["rejected"]![0]!["index"]));
        var contact = await host.Services.GetRequiredService<IContactStore>().FindAsync(Shop, new("a1"), Stop);
        Assert.Equal("ada@example.com", contact?.Email);
        var revenue = await host.Services.GetRequiredService<IRecurringRevenueStore>().ReadAsync(Shop, Stop).SingleAsync(Stop);
        Assert.Equal(new Money(30, "USD"), Assert.Single(revenue.Levels).Mrr);
        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(async () => (await customers.FindAsync(Shop, [new("a1")], Stop))[0].Record.State.Subscription.Terms?.Value.Plan == "team", "the signal has reached the customer");
    }

    [Fact]
    public async Task Post_TheSameDeliveryAgain_IsADuplicate()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });
        await SendAsync(host, "evt_1", Account, 202);

        Assert.Equal(1, (int?)(await SendAsync(host, "evt_1", Account, 202))["duplicate"]);
        Assert.Equal(0, (int?)(await SendAsync(host, "evt_2", Account, 202))["duplicate"]);
    }

    [Fact]
    public async Task Post_WhatIsNotSignedByTheSourceNow_IsRefusedAlike()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });

        JsonObject[] refusals =
        [
            await SendAsync(host, "evt_1", Account, 401, sign: "other"),
            await SendAsync(host, "evt_1", Account, 401, source: "nobody"),
            await SendAsync(host, "evt_1", Account, 401, secondsAgo: 302),
            await SendAsync(host, "evt_1", Account, 401, secondsAgo: -302),
        ];

        Assert.Single(refusals.Select(refusal => (string?)refusal["detail"]).Distinct());
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("no json", 422)]
    [InlineData("[]", 202)]
    public async Task Post_NothingUsable_SaysSo(string body, int status)
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });

        await SendAsync(host, "evt_1", body, status);
    }

    [Fact]
    public async Task Post_ATooLargeBody_IsRefused()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });

        await SendAsync(host, "evt_1", new string(' ', 1_048_577), 413);
    }

    private static string Event(string type, string data) => $$"""{"type":"{{type}}","timestamp":"2026-11-03T20:26:10.344522Z","data":{{data}}}""";

    private static async Task<JsonObject> SendAsync(TestHost host, string id, string text, int status, string source = "app", string? sign = null, int secondsAgo = 0)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - secondsAgo;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/events/from/{source}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(WebhookSecret.Parse(Secret), sign ?? id, seconds, body));
        using var answer = await host.Client.SendAsync(request, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }
}
