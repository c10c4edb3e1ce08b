using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Shopify;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Shopify;

/// <summary>The history of a shop, fetched from an Admin API that behaves well, badly, and not at all.</summary>
[Trait("Category", "Azurite")]
public sealed class BackfillTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private readonly FakeTimeProvider _time = new(new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
    private ShopifyAdminFake _shopify = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shopify = await ShopifyAdminFake.StartAsync();

    public ValueTask DisposeAsync() => _shopify.DisposeAsync();

    [Fact]
    public async Task Backfill_OfARecordedShop_ImportsEachPieceOnce()
    {
        await using var host = await StartAsync();
        _shopify.File = Recorded();

        Assert.Equal(202, await PostAsync(host));
        Assert.Equal(409, await PostAsync(host));
        var done = await UntilAsync(host, backfill => backfill.IsOver);

        Assert.Equal((BackfillState.Done, null), (done.State, done.Error));
        Assert.Equal(8, _shopify.Exports.Count);
        Assert.Contains("created_at:>=2024-07-01T12:00:00Z AND created_at:<2024-10-01T12:00:00Z", _shopify.Exports.First(), StringComparison.Ordinal);
        Assert.Contains("created_at:<2026-07-01T12:00:00Z", _shopify.Exports.Last(), StringComparison.Ordinal);
        await AssertImportedOnceAsync(host);
    }

    [Fact]
    public async Task Backfill_OfAnEmptyShop_IsDone()
    {
        await using var host = await StartAsync();
        await PostAsync(host);

        Assert.Equal((BackfillState.Done, 0), (await UntilAsync(host, backfill => backfill.IsOver)) is var done ? (done.State, done.Orders) : default);
    }

    [Fact]
    public async Task Backfill_ThroughAnHourOfOutage_LosesAndDoublesNothing()
    {
        await using var host = await StartAsync();
        _shopify.File = Recorded();
        var (troubles, asked) = (Troubles(), 0);
        // Every request fails in another way first; an hour of that, and all is as if nothing had been.
        _shopify.Trouble = async context => asked++ < 24 && await troubles[asked % troubles.Count](context);

        await PostAsync(host);
        var waiting = await UntilAsync(host, backfill => backfill.Error is not null);
        Assert.True(waiting is { State: BackfillState.Waiting, Failures: > 0 } && waiting.DueAt > waiting.Until);
        var done = await UntilAsync(host, backfill => backfill.IsOver);

        Assert.Equal((BackfillState.Done, null), (done.State, done.Error));
        Assert.True(asked > 24);
        await AssertImportedOnceAsync(host);
    }

    [Fact]
    public async Task Backfill_ToldToWait_WaitsAsLongAsToldAndNoLonger()
    {
        await using var host = await StartAsync();
        _shopify.Trouble = context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7.0";
            return Task.FromResult(true);
        };
        await PostAsync(host);

        var told = await UntilAsync(host, backfill => backfill.Error is not null, turn: false);

        Assert.Equal(_time.GetUtcNow().AddSeconds(7), told.DueAt);
    }

    [Fact]
    public async Task Backfill_TokenRevoked_SaysSoAndGoesOnWhereItStood()
    {
        await using var host = await StartAsync();
        var seen = 0;
        _shopify.Trouble = context =>
        {
            var revoked = ++seen > 4;
            context.Response.StatusCode = revoked ? 403 : 200;
            return Task.FromResult(revoked);
        };
        await PostAsync(host);
        var failed = await UntilAsync(host, backfill => backfill.IsOver);
        Assert.Equal(BackfillState.Failed, failed.State);
        Assert.Equal($"{Shop} refuses with 403: is the access token right, the app still installed, the shop open?", failed.Error);
        Assert.True(failed.Cursor > new DateTimeOffset(2024, 7, 1, 12, 0, 0, TimeSpan.Zero));

        _shopify.Trouble = null;
        Assert.Equal(202, await PostAsync(host));
        await UntilAsync(host, backfill => backfill.State == BackfillState.Done);
        Assert.Equal(_shopify.Exports.Distinct(), _shopify.Exports);
    }

    [Fact]
    public async Task Backfill_ExportFails_IsAskedForAgain()
    {
        await using var host = await StartAsync();
        _shopify.Status = "FAILED";
        await PostAsync(host);
        Assert.Equal("The export ended as FAILED INTERNAL_SERVER_ERROR", (await UntilAsync(host, backfill => backfill.Error is not null)).Error);

        _shopify.Status = "COMPLETED";
        await UntilAsync(host, backfill => backfill.State == BackfillState.Done);
        Assert.Equal(_shopify.Exports.ElementAt(0), _shopify.Exports.ElementAt(1));
    }

    [Fact]
    public async Task Backfill_ToldThatTheExportIsOver_GoesOnAtOnce()
    {
        await using var host = await StartAsync();
        _shopify.Status = "RUNNING";
        await PostAsync(host);
        var exporting = await UntilAsync(host, backfill => backfill.State == BackfillState.Exporting, turn: false);
        Assert.True(exporting.DueAt > _time.GetUtcNow());

        _shopify.Status = "COMPLETED";
        var body = new JsonObject { ["admin_graphql_api_id"] = exporting.Operation, ["status"] = "completed" }.Bytes();
        using var response = await host.Client.SendAsync(ShopifySender.Request(ShopifySender.Headers("bulk_operations/finish", body), body), Stop);

        Assert.Equal(200, (int)response.StatusCode);
        await UntilAsync(host, backfill => backfill.Cursor > exporting.Cursor, turn: false);
    }

    [Fact]
    public async Task Backfill_AnInstanceDiedAtIt_IsTakenUpAfterAWhile()
    {
        await using var host = await StartAsync();
        var store = host.Services.GetRequiredService<IBackfillStore>();
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        var now = _time.GetUtcNow();
        await store.SaveAsync(Shop, Backfill.Of(now, 3) with { BusyUntil = now.AddMinutes(30) }, null, Stop);
        var run = ActivatorUtilities.CreateInstance<RunBackfill>(host.Services);

        await run.Run(new(Shop), Stop);
        Assert.Equal(BackfillState.Waiting, (await store.FindAsync(Shop, Stop))!.Backfill.State);
        _time.Advance(TimeSpan.FromMinutes(31));
        await run.Run(new(Shop), Stop);
        Assert.Equal(BackfillState.Exporting, (await store.FindAsync(Shop, Stop))!.Backfill.State);
    }

    [Fact]
    public async Task Post_WithoutAToken_SaysWhatIsMissing()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = ShopifySender.Settings });

        using var response = await host.Client.PostAsync($"api/shops/{Shop}/backfill", null, Stop);

        Assert.Equal(409, (int)response.StatusCode);
        Assert.Contains("AccessToken", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Stop))!["detail"], StringComparison.Ordinal);
        Assert.Equal(404, (int)(await host.Client.PostAsync("api/shops/other.myshopify.com/backfill", null, Stop)).StatusCode);
    }

    private async Task<TestHost> StartAsync()
    {
        var settings = _shopify.Settings;
        return await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Time = _time });
    }

    private static async Task<int> PostAsync(TestHost host)
    {
        using var response = await host.Client.PostAsync($"api/shops/{Shop}/backfill", null, Stop);
        return (int)response.StatusCode;
    }

    /// <param name="turn">Whether time passes meanwhile, as the timer sees it.</param>
    private async Task<Backfill> UntilAsync(TestHost host, Func<Backfill, bool> condition, bool turn = true)
    {
        var store = host.Services.GetRequiredService<IBackfillStore>();
        Backfill? known = null;
        await Eventually.TrueAsync(
            async () =>
            {
                known = (await store.FindAsync(Shop, Stop))?.Backfill;
                if (turn && known is { IsOver: false, BusyUntil: null } && known.DueAt > _time.GetUtcNow())
                {
                    _time.Advance(known.DueAt - _time.GetUtcNow());
                    await host.Services.GetRequiredService<IMessageQueue>().SendAsync(BackfillDue.Queue, new BackfillDue(Shop), Stop);
                }

                return known is not null && condition(known);
            },
            "the backfill has come there",
            TimeSpan.FromMinutes(2));
        return known!;
    }

    private static async Task AssertImportedOnceAsync(TestHost host)
    {
        var orders = (await host.Services.GetRequiredService<IBasketSegments>().ReadAsync(Shop, new(2026, 5), Stop)).Orders;
        Assert.Equal([("5001000000001", "TEE-BLK-S", 2)], orders.SelectMany(order => order.Lines.Select(line => (order.Id.Value, line.Sku.Value, line.Kept))));
    }

    private static byte[] Recorded()
    {
        var file = SharedMaterial.Find("integrations/samples/shopify/bulk/orders_ungrouped.jsonl");
        Assert.SkipWhen(file is null, SharedMaterial.Missing);
        return File.ReadAllBytes(file!);
    }

    /// <summary>Each answers, badly, and says so; or lets the request through.</summary>
    private static List<Func<HttpContext, Task<bool>>> Troubles() =>
    [
        context => Answer(context, 500, "oops"),
        context => Answer(context, 502, "<html>Bad gateway</html>"),
        context => Answer(context, 200, "<html>garbage</html>"),
        context => Answer(context, 200, "{}"),
        context => Answer(context, 200, """{"data":null}"""),
        context => Answer(context, 200, """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":10,"throttleStatus":{"currentlyAvailable":2,"restoreRate":50.0}}}}"""),
        context => Answer(context, 429, ""),
        context =>
        {
            context.Abort();
            return Task.FromResult(true);
        },
    ];

    private static async Task<bool> Answer(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        return true;
    }
}
