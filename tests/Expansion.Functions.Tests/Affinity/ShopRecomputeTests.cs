using System.Net;
using System.Net.Http.Json;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Samples;
using Expansion.Engine.Shops;
using Expansion.Functions.Affinity;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Expansion.Functions.Tests.Affinity;

/// <summary>The recompute of the sample shop on real storage: what it finds, and what is left when it is cut off.</summary>
[Trait("Category", "Azurite")]
public sealed class ShopRecomputeTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("sample");
    private static readonly SampleShop Sample = SampleShop.Create(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task RunAsync_SampleShop_PlantedPairsAreSoundAndSeasonalOnesMarked()
    {
        await using var host = await StartAsync(azurite.NewAccount());

        var generation = await RunAsync(host);

        var pairs = await PairsAsync(host, generation);
        Assert.All(Sample.Truth.SameBasket, planted => Assert.True(pairs[Key(planted.A, planted.B)] is { Sound: true, Seasonal: false }));
        Assert.All(Sample.Truth.SeasonOnly, planted => Assert.True(!pairs.TryGetValue(Key(planted.A, planted.B), out var pair) || pair.Seasonal || !pair.Sound));
        Assert.InRange(generation.Actionable, 5, 25);
    }

    [Fact]
    public async Task RunAsync_ProductsSaidToBeModuleAndAddOn_AreSuggestedAtOnboardingAndAfterThirtyDays()
    {
        await using var host = await StartAsync(azurite.NewAccount());
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, default);
        var (module, addOn) = (Sample.Truth.SameBasket[0].A, Sample.Truth.SameBasket[0].B);
        using var told = await host.Client.PutAsJsonAsync(
            $"/api/shops/{Shop}/products", new[] { new { sku = module.Value, kind = "module" }, new { sku = addOn.Value, kind = "add_on" } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, told.StatusCode);

        var generation = await RunAsync(host);

        var rows = await host.Services.GetRequiredService<IAffinityStore>().FindAsync(Shop, generation.Id, [module, addOn], default);
        var (toModule, toAddOn) = (rows[addOn].Partners.Single(partner => partner.Sku == module), rows[module].Partners.Single(partner => partner.Sku == addOn));
        Assert.Equal((Touchpoint.Onboarding, null), (toModule.Touchpoint, toModule.AfterDays));
        Assert.Equal((Touchpoint.InApp, 30), (toAddOn.Touchpoint, toAddOn.AfterDays));
    }

    [Fact]
    public async Task RunAsync_CutOffAtAnyStoreCall_LeavesTheOldGenerationAndARerunFinishes()
    {
        var account = azurite.NewAccount();
        await using var healthy = await StartAsync(account);
        var old = await RunAsync(healthy);

        foreach (var method in new[] { nameof(IAffinityStore.WriteAsync), nameof(IAffinityStore.PublishAsync) })
        {
            await using var broken = await StartAsync(account, services => services.AddSingleton(CutOff(healthy.Services.GetRequiredService<IAffinityStore>(), method)));
            await Assert.ThrowsAsync<IOException>(() => RunAsync(broken));

            var affinities = healthy.Services.GetRequiredService<IAffinityStore>();
            Assert.Equal(old.Id, (await affinities.CurrentAsync(Shop, default))?.Id);
            Assert.NotEmpty(await affinities.FindAsync(Shop, old.Id, [Sample.Truth.SameBasket[0].A], default));
            Assert.Equal(RecomputeState.Failed, (await healthy.Services.GetRequiredService<IRecomputeStatusStore>().FindAsync(Shop, default))?.State);
        }

        var rerun = await RunAsync(healthy);
        Assert.Equal((old.Pairs, old.Sound, old.Baskets), (rerun.Pairs, rerun.Sound, rerun.Baskets));
        Assert.Equal(rerun.Id, (await healthy.Services.GetRequiredService<IAffinityStore>().CurrentAsync(Shop, default))?.Id);
    }

    [Fact]
    public async Task StartAsync_ManyRangesOnThreeHosts_MakesTheGenerationThatOneProcessMakes()
    {
        var account = azurite.NewAccount();
        var settings = new Dictionary<string, string?> { ["Recompute:RangeBytes"] = "1024", ["Recompute:MaxRanges"] = "9" };
        await using var first = await StartAsync(account, settings: settings);
        await using var second = await TestHost.StartAsync(account, new() { Settings = settings });
        await using var third = await TestHost.StartAsync(account, new() { Settings = settings });
        var whole = await RunAsync(first);
        var expected = await PairsAsync(first, whole);

        await first.Services.GetRequiredService<IMessageQueue>().SendAsync(RecomputeDue.Queue, new RecomputeDue(Shop), default);
        var affinities = first.Services.GetRequiredService<IAffinityStore>();
        await Eventually.TrueAsync(async () => (await affinities.CurrentAsync(Shop, default))!.Id != whole.Id, "the ranges are counted and published");

        var spread = (await affinities.CurrentAsync(Shop, default))!;
        Assert.Equal(whole with { Id = spread.Id, StartedAt = spread.StartedAt, Bestsellers = spread.Bestsellers, BasketsByMonth = spread.BasketsByMonth }, spread);
        Assert.Equivalent(expected, await PairsAsync(first, spread), strict: true);
    }

    [Fact]
    public async Task RunAsync_OneNightLater_EqualsARecomputeFromNothing()
    {
        await using var incremental = await StartAsync(azurite.NewAccount());
        await RunAsync(incremental);
        var late = Sample.Orders[^1] with { Id = new("late"), UpdatedAt = Sample.Orders[^1].UpdatedAt.AddMinutes(1) };
        await incremental.Services.GetRequiredService<IOrderStore>().SaveAsync(Shop, late, default);
        var tonight = await RunAsync(incremental);

        await using var fresh = await StartAsync(azurite.NewAccount());
        await fresh.Services.GetRequiredService<IOrderStore>().SaveAsync(Shop, late, default);
        var fromNothing = await RunAsync(fresh);

        Assert.Equal(fromNothing with { Id = tonight.Id, StartedAt = tonight.StartedAt, Bestsellers = tonight.Bestsellers, BasketsByMonth = tonight.BasketsByMonth }, tonight);
        Assert.Equivalent(await PairsAsync(fresh, fromNothing), await PairsAsync(incremental, tonight), strict: true);
    }

    private static async Task<TestHost> StartAsync(string account, Action<IServiceCollection>? services = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = await TestHost.StartAsync(account, new() { Services = services, Settings = settings ?? new Dictionary<string, string?>() });
        var segments = host.Services.GetRequiredService<IBasketSegments>();
        if ((await segments.ListAsync(Shop, default)).Count == 0)
        {
            foreach (var month in Sample.Orders.GroupBy(order => order.Month))
            {
                Assert.True(await segments.WriteAsync(Shop, month.Key, new([.. month], null), default));
            }
        }

        return host;
    }

    private static Task<AffinityGeneration> RunAsync(TestHost host) => host.Services.GetRequiredService<ShopRecompute>().RunAsync(Shop, null, TestContext.Current.CancellationToken);

    private static async Task<Dictionary<(Sku, Sku), ScoredPair>> PairsAsync(TestHost host, AffinityGeneration generation) =>
        (await host.Services.GetRequiredService<IPairFiles>().ReadAsync(Shop, generation.Id, default)).ToDictionary(pair => (pair.Pair.A, pair.Pair.B));

    private static (Sku, Sku) Key(Sku a, Sku b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    /// <summary>The real store, with a process that dies at one of its calls.</summary>
    private static IAffinityStore CutOff(IAffinityStore real, string method)
    {
        var mock = new Mock<IAffinityStore>();
        mock.Setup(store => store.CurrentAsync(It.IsAny<ShopId>(), It.IsAny<CancellationToken>())).Returns(real.CurrentAsync);
        mock.Setup(store => store.WriteAsync(It.IsAny<ShopId>(), It.IsAny<AffinityGeneration>(), It.IsAny<IEnumerable<ProductAffinity>>(), It.IsAny<CancellationToken>()))
            .Returns((ShopId shop, AffinityGeneration generation, IEnumerable<ProductAffinity> rows, CancellationToken stop) =>
                real.WriteAsync(shop, generation, method == nameof(IAffinityStore.WriteAsync) ? Breaking(rows) : rows, stop));
        mock.Setup(store => store.PublishAsync(It.IsAny<ShopId>(), It.IsAny<AffinityGeneration>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("gone"));
        return mock.Object;
    }

    private static IEnumerable<ProductAffinity> Breaking(IEnumerable<ProductAffinity> rows)
    {
        foreach (var row in rows.Take(50))
        {
            yield return row;
        }

        throw new IOException("gone");
    }
}
