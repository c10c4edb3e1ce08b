using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Engine.Shops;
using Expansion.Functions.Outbox;
using Expansion.Functions.Webhooks;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Webhooks;

/// <summary>Events on their way to an endpoint that isn't always there. Each try is made by hand, on the test's own clock.</summary>
[Trait("Category", "Azurite")]
public sealed class OutgoingWebhookTests(AzuriteFixture azurite)
{
    private const string Old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string New = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Event_EndpointThere_ArrivesOnceSignedWithBothSecrets()
    {
        await using var endpoint = await FakeServer.StartAsync(204);
        await using var host = await HostAsync(endpoint);

        var key = await AnnounceAsync(host);
        await AnnounceAsync(host);
        await TryUntilAsync(host, key, OutboxState.Delivered);
        await TryAsync(host, key);

        var request = Assert.Single(endpoint.Requests);
        Assert.Equal("""{"type":"opportunity.created","timestamp":"2026-11-03T12:00:00+00:00","data":{"id":"op_1"}}""", request.Text);
        Assert.Equal((key.Id, "Bearer token"), (request.Headers[WebhookSignature.IdHeader].ToString(), request.Headers.Authorization.ToString()));
        foreach (var secret in new[] { Old, New })
        {
            Assert.NotNull(WebhookSignature.Verify(request.Headers, request.Body, [WebhookSecret.Parse(secret)], _time.GetUtcNow()));
        }
    }

    [Fact]
    public async Task Event_AnHourWithoutAnAnswerThenRateLimited_ArrivesOnceAfterTheWait()
    {
        var up = _time.GetUtcNow().AddHours(1);
        var limited = false;
        await using var endpoint = await FakeServer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = _time.GetUtcNow() < up ? 503 : limited ? 200 : 429;
            limited |= context.Response.StatusCode == 429;
            context.Response.Headers.RetryAfter = context.Response.StatusCode == 429 ? "36000" : default;
            return Task.CompletedTask;
        });
        await using var host = await HostAsync(endpoint);
        var key = await AnnounceAsync(host);

        await TryUntilAsync(host, key, OutboxState.Delivered);

        var times = endpoint.Requests.Select(request => long.Parse(request.Headers[WebhookSignature.TimestampHeader]!, null)).ToList();
        Assert.True(times[^1] - times[^2] >= 36000, "Retry-After is kept");
        Assert.Equal(times.Count, times.Distinct().Count());
        Assert.Single(endpoint.Requests.Select(request => request.Headers[WebhookSignature.IdHeader].ToString()).Distinct());
    }

    [Fact]
    public async Task Event_NeverTaken_IsDeadSwitchesTheEndpointOffAndCanBeSentAgain()
    {
        var works = false;
        await using var endpoint = await FakeServer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = works ? 200 : 500;
            return Task.CompletedTask;
        });
        await using var host = await HostAsync(endpoint);
        var key = await AnnounceAsync(host);
        await TryUntilAsync(host, key, OutboxState.Dead);
        works = true;

        Assert.Equal(10, endpoint.Requests.Count);
        var dead = (await host.Client.GetFromJsonAsync<JsonObject>($"/api/outbox/dead?shop={Shop}", Stop))!["items"]!.AsArray().Single()!;
        Assert.Equal(("webhook:crm", key.Id, "Given up after 10 tries. It answered 500."), ((string?)dead["channel"], (string?)dead["id"], (string?)dead["reason"]));
        var off = (await host.Client.GetFromJsonAsync<JsonObject>($"/api/webhooks/endpoints?shop={Shop}", Stop))!["endpoints"]![0]!;
        Assert.Equal("127.0.0.1", (string?)off["host"]);
        Assert.Contains("three days", (string)off["disabled"]!["reason"]!, StringComparison.Ordinal);

        Assert.Equal(204, (int)(await host.Client.PostAsync($"/api/webhooks/endpoints/crm/enable?shop={Shop}", null, Stop)).StatusCode);
        Assert.Equal(202, (int)(await host.Client.PostAsync($"/api/outbox/dead/webhook:crm/{key.Id}?shop={Shop}", null, Stop)).StatusCode);
        await TryUntilAsync(host, key, OutboxState.Delivered);
        Assert.Empty((await host.Client.GetFromJsonAsync<JsonObject>($"/api/outbox/dead?shop={Shop}", Stop))!["items"]!.AsArray());
        Assert.Equal(404, (int)(await host.Client.PostAsync($"/api/outbox/dead/webhook:crm/{key.Id}?shop={Shop}", null, Stop)).StatusCode);
    }

    [Fact]
    public async Task Event_EndpointGone_IsNotTriedAgain()
    {
        await using var endpoint = await FakeServer.StartAsync(410);
        await using var host = await HostAsync(endpoint);

        await TryUntilAsync(host, await AnnounceAsync(host), OutboxState.Dead);

        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Event_TriedByTwoAtOnce_GoesOutOnce()
    {
        await using var endpoint = await FakeServer.StartAsync(200);
        await using var host = await HostAsync(endpoint);
        var key = await AnnounceAsync(host);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TryAsync(host, key)));
        await TryUntilAsync(host, key, OutboxState.Delivered);

        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Event_WhoseMessageWasLost_IsReleasedByTheTimer()
    {
        await using var endpoint = await FakeServer.StartAsync(200);
        await using var host = await HostAsync(endpoint);
        var item = new OutboxItem(Shop, "webhook:crm", "evt_lost", "{}", _time.GetUtcNow());
        var store = host.Services.GetRequiredService<IOutboxStore>();
        await store.TryAddAsync(item, _time.GetUtcNow().AddMinutes(2), Stop);
        _time.Advance(TimeSpan.FromMinutes(3));

        await host.Client.PostAsJsonAsync("/admin/functions/ReleaseOutbox", new { input = "" }, Stop);

        await Eventually.TrueAsync(() => endpoint.Requests.Count == 1, "the timer has sent the item off");
    }

    [Fact]
    public async Task Event_ToAPublicUrlThatIsOurOwnMachine_NeverConnects()
    {
        await using var endpoint = await FakeServer.StartAsync(200);
        await using var host = await HostAsync(endpoint, ("Private", "false"), ("Url", $"https://localhost:{endpoint.Address.Port}/"));
        var key = await AnnounceAsync(host);

        await TryUntilAsync(host, key, OutboxState.Dead);

        Assert.Empty(endpoint.Requests);
    }

    private async Task<TestHost> HostAsync(FakeServer endpoint, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Webhooks:Endpoints:0:Id"] = "crm",
            ["Webhooks:Endpoints:0:Shop"] = Shop.Value,
            ["Webhooks:Endpoints:0:Url"] = endpoint.Address + "hook/secret-path",
            ["Webhooks:Endpoints:0:Private"] = "true",
            ["Webhooks:Endpoints:0:Secrets:0"] = Old,
            ["Webhooks:Endpoints:0:Secrets:1"] = New,
            ["Webhooks:Endpoints:0:Authorization"] = "Bearer token",
        };
        foreach (var (name, value) in more)
        {
            settings[$"Webhooks:Endpoints:0:{name}"] = value;
        }

        var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Time = _time });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        return host;
    }

    private static async Task<OutboxKey> AnnounceAsync(TestHost host)
    {
        var at = new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
        await host.Services.GetRequiredService<EventAnnouncer>().AnnounceAsync(Shop, EventTypes.OpportunityCreated, "op_1", at, new { id = "op_1" }, Stop);
        var due = await host.Services.GetRequiredService<IOutboxStore>().DueAsync(Shop, at.AddDays(1), Stop).FirstAsync(Stop);
        return due.Key;
    }

    private static Task<OutboxItem?> TryAsync(TestHost host, OutboxKey key) => host.Services.GetRequiredService<OutboxSender>().TryAsync(key, Stop);

    /// <summary>Tries whenever its time has come, until it is in the state. The queue function may be the faster one, once.</summary>
    private async Task TryUntilAsync(TestHost host, OutboxKey key, OutboxState state)
    {
        var store = host.Services.GetRequiredService<IOutboxStore>();
        await Eventually.TrueAsync(
            async () =>
            {
                var item = (await store.FindAsync(key, Stop))!.Item;
                if (item is { State: OutboxState.Pending, Trying: false } && item.NextAt > _time.GetUtcNow())
                {
                    _time.SetUtcNow(item.NextAt);
                }

                return (await TryAsync(host, key) ?? item).State == state;
            },
            $"the event is {state}");
    }
}
