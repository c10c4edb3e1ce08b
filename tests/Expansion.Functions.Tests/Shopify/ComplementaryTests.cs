using System.Text.Json;
using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;
using Expansion.Functions.Shopify;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Expansion.Functions.Tests.Shopify;

/// <summary>Approved pairs in the shop's own lists: written, kept up to date, never over anybody's own, and taken back.</summary>
[Trait("Category", "Azurite")]
public sealed class ComplementaryTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Beans = "gid://shopify/Product/1";
    private const string Filters = "gid://shopify/Product/2";
    private const string Mug = "gid://shopify/Product/3";

    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private ShopifyAdminFake _shopify = null!;

    /// <summary>How long Shopify is waited for.</summary>
    private TimeSpan _patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _shopify = await ShopifyAdminFake.StartAsync();
        (_shopify.ProductOf["beans"], _shopify.ProductOf["filters"], _shopify.ProductOf["mug"]) = (Beans, Filters, Mug);
    }

    public ValueTask DisposeAsync() => _shopify.DisposeAsync();

    [Fact]
    public async Task Publish_ApprovedPairs_AreInBothLists()
    {
        await using var host = await StartAsync();
        await DecideAsync(host, "beans", "filters", PairVerdict.Approved);
        await DecideAsync(host, "beans", "mug", PairVerdict.Pinned);
        await DecideAsync(host, "filters", "mug", PairVerdict.Rejected);
        await DecideAsync(host, "beans", "unknown", PairVerdict.Approved);

        Assert.Equal(202, (int)(await host.Client.PostAsync($"api/shops/{Shop}/complementary", null, Stop)).StatusCode);
        await Eventually.TrueAsync(() => _shopify.Lists.Count == 3, "the lists are written");

        Assert.Equal([Mug, Filters], List(Beans));
        Assert.Equal([Beans], List(Filters));
        Assert.Equal([Beans], List(Mug));
        Assert.Equal(0, await Lists(host).PublishAsync(Shop, Stop));
    }

    [Theory]
    [InlineData("down", 0)]
    [InlineData("asked too much", 40)]
    [InlineData("slow", 0)]
    [InlineData("garbage", 0)]
    public async Task Publish_WhileShopifyCannotBeReached_IsPutOffAndNotLost(string trouble, int asksToWaitMinutes)
    {
        await using var host = await StartAsync();
        await DecideAsync(host, "beans", "filters", PairVerdict.Approved);
        (_shopify.Trouble, _patience) = (context => AnswerAsync(trouble, context), trouble == "slow" ? TimeSpan.FromMilliseconds(100) : _patience);
        var (queue, sent) = (new Mock<IMessageQueue>(), new List<(ComplementaryDue Message, TimeSpan Wait)>());
        queue.Setup(to => to.SendAsync(ComplementaryDue.Queue, It.IsAny<ComplementaryDue>(), It.IsAny<TimeSpan>(), Stop))
            .Callback((string _, ComplementaryDue message, TimeSpan wait, CancellationToken _) => sent.Add((message, wait)));
        var publish = ActivatorUtilities.CreateInstance<PublishComplementary>(host.Services, queue.Object);
        var message = new ComplementaryDue(Shop);

        // The first 8 waits are an hour together.
        for (var tried = 0; tried < 8; tried++)
        {
            await publish.Run(message, Stop);
            message = sent[^1].Message;
        }

        Assert.Empty(_shopify.Lists);
        Assert.True(sent.Sum(put => put.Wait.TotalMinutes) is >= 60 and < 400);
        Assert.All(sent, put => Assert.True(put.Wait >= TimeSpan.FromMinutes(asksToWaitMinutes), $"it waits for {put.Wait}"));
        (_shopify.Trouble, _patience) = (null, TimeSpan.FromMinutes(1));
        await publish.Run(message, Stop);
        Assert.Equal([Filters], List(Beans));
        Assert.Equal(8, sent.Count);
    }

    [Fact]
    public async Task Publish_ThePairIsRejectedLater_TakesItOut()
    {
        await using var host = await StartAsync();
        await DecideAsync(host, "beans", "filters", PairVerdict.Approved);
        await DecideAsync(host, "beans", "mug", PairVerdict.Approved);
        await Lists(host).PublishAsync(Shop, Stop);

        await DecideAsync(host, "beans", "filters", PairVerdict.Rejected);
        await Lists(host).PublishAsync(Shop, Stop);

        Assert.Equal([Mug], List(Beans));
        Assert.False(_shopify.Lists.ContainsKey(Filters));
    }

    [Fact]
    public async Task Publish_AListThatSomebodyWrote_IsLeftAlone()
    {
        await using var host = await StartAsync();
        var theirs = JsonSerializer.Serialize(new[] { Mug });
        _shopify.Lists[Beans] = theirs;
        await DecideAsync(host, "beans", "filters", PairVerdict.Approved);

        Assert.Equal(1, await Lists(host).PublishAsync(Shop, Stop));
        Assert.Equal(theirs, _shopify.Lists[Beans]);

        // Ours, once somebody has changed it, is theirs.
        _shopify.Lists[Filters] = theirs;
        await Lists(host).PublishAsync(Shop, Stop);
        await Lists(host).WithdrawAsync(Shop, Stop);
        Assert.Equal(theirs, _shopify.Lists[Filters]);
    }

    [Fact]
    public async Task Withdraw_AfterPublishing_LeavesTheShopAsItWas()
    {
        await using var host = await StartAsync();
        await DecideAsync(host, "beans", "filters", PairVerdict.Approved);
        await Lists(host).PublishAsync(Shop, Stop);

        Assert.Equal(202, (int)(await host.Client.DeleteAsync($"api/shops/{Shop}/complementary", Stop)).StatusCode);

        await Eventually.TrueAsync(() => _shopify.Lists.IsEmpty, "the lists are gone");
        Assert.Equal(0, await Lists(host).WithdrawAsync(Shop, Stop));
    }

    [Fact]
    public async Task Publish_NotSwitchedOn_IsRefused()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = _shopify.Settings });

        Assert.Equal(409, (int)(await host.Client.PostAsync($"api/shops/{Shop}/complementary", null, Stop)).StatusCode);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite.NewAccount(), new()
    {
        Services = services => services.AddHttpClient(ShopifyAdmin.Client, client => client.Timeout = _patience),
        Settings = new Dictionary<string, string?>(_shopify.Settings) { ["Shopify:Shops:0:PublishComplementary"] = "true" },
    });

    private static async Task<bool> AnswerAsync(string trouble, HttpContext context)
    {
        switch (trouble)
        {
            case "down":
                context.Response.StatusCode = 503;
                break;
            case "asked too much":
                (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "2400.0");
                break;
            case "slow":
                // Until nobody waits for the answer any more.
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                await context.Response.WriteAsync("<html>One moment, please");
                break;
        }

        return true;
    }

    private static ComplementaryLists Lists(TestHost host) => host.Services.GetRequiredService<ComplementaryLists>();

    private static Task DecideAsync(TestHost host, string one, string other, PairVerdict verdict)
    {
        var (a, b) = PairDecision.InOrder(new(one), new(other));
        return host.Services.GetRequiredService<IPairDecisionStore>().SaveAsync(Shop, new(a, b, verdict, null, "test", DateTimeOffset.UtcNow), Stop);
    }

    private string[] List(string product) => JsonSerializer.Deserialize<string[]>(_shopify.Lists[product])!;
}
