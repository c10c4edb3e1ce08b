using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Orders;
using Expansion.Engine.Samples;
using Expansion.Functions.Affinity;
using Expansion.Functions.Recommendations;
using Expansion.LocalHost;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Affinity;

/// <summary>A host with the sample shop's orders, learned from once. Tests that share it only read; one that changes anything makes its own.</summary>
public sealed class LearnedShop(AzuriteFixture azurite) : IAsyncLifetime
{
    public static readonly ShopId Shop = ShopId.From("sample");

    public static readonly SampleShop Sample = SampleShop.Create(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero));

    private TestHost? _host;

    public TestHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public AffinityGeneration Generation { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // These tests are about affinity: no model is trained, and what is recommended rests on affinity alone.
        _host = await TestHost.StartAsync(azurite.NewAccount(), new() { Functions = FunctionCatalog.AppTypes.Except([typeof(TrainModel)]) });
        await Host.Services.GetRequiredService<IProductStore>().SaveAsync(
            Shop, [.. Sample.Products.Select(product => new Product(product.Sku, product.Title, new(product.Price, SampleProduct.Currency)))], default);
        foreach (var month in Sample.Orders.GroupBy(order => order.Month))
        {
            Assert.True(await Host.Services.GetRequiredService<IBasketSegments>().WriteAsync(Shop, month.Key, new([.. month], null), default));
        }

        Generation = await RecomputeAsync();
    }

    public Task<AffinityGeneration> RecomputeAsync() => Host.Services.GetRequiredService<ShopRecompute>().RunAsync(Shop, null, default);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
