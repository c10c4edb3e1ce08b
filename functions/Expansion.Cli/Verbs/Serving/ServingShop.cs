using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;
using Expansion.Functions.Recommendations;

namespace Expansion.Cli.Verbs.Serving;

/// <summary>A made-up shop: some products sell much and most little, as one over their rank, and neighbours are bought together.</summary>
internal sealed class ServingShop
{
    private const int Months = 12;
    private const int Family = 20;
    private const double NeighbourShare = 0.6;
    private const int ItemsPerOrder = 4;

    private readonly double[] _cumulated;

    public ServingShop(int products)
    {
        _cumulated = new double[products];
        var sum = 0.0;
        for (var product = 0; product < products; product++)
        {
            _cumulated[product] = sum += 1.0 / (product + 1);
        }
    }

    public static Sku Sku(int product) => new(string.Create(CultureInfo.InvariantCulture, $"SKU-{product:D6}"));

    /// <summary>A product, the first ones most often.</summary>
    public int Draw(Random random)
    {
        var place = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        return Math.Min(_cumulated.Length - 1, place < 0 ? ~place : place);
    }

    /// <summary>Writes what isn't there from an earlier run: catalogue, orders, model.</summary>
    public async Task MakeAsync(CliApp app, ShopId shop, int orders, TextWriter progress, CancellationToken cancellationToken)
    {
        await app.Get<IShopStore>().EnsureAsync(shop, cancellationToken);
        if (await app.Get<IModelStore>().CurrentAsync(shop, cancellationToken) is { } known && known.Products == _cumulated.Length)
        {
            return;
        }

        await progress.WriteLineAsync("writing the catalogue");
        var now = DateTimeOffset.UtcNow;
        await app.Get<ICatalogueStore>().SaveAsync(shop, [.. Enumerable.Range(0, _cumulated.Length).Select(product => new ToldItem(Item(product), CatalogueSource.Api, now))], cancellationToken);
        await progress.WriteLineAsync("writing the orders");
        var (random, first) = (new Random(1), YearMonth.Of(now).AddMonths(1 - Months));
        foreach (var month in Enumerable.Range(0, Months).Select(first.AddMonths))
        {
            var start = new DateTimeOffset(month.Year, month.Month, 1, 0, 0, 0, TimeSpan.Zero);
            var segments = app.Get<IBasketSegments>();
            var version = (await segments.ListAsync(shop, cancellationToken)).FirstOrDefault(segment => segment.Month == month)?.Version;
            List<Order> made = [.. Enumerable.Range(0, orders / Months).Select(number => Order($"{month}-{number}", start.AddSeconds(number), random))];
            await segments.WriteAsync(shop, month, new(made, version), cancellationToken);
        }

        await progress.WriteLineAsync("training the model");
        await app.Get<ModelTraining>().RunAsync(shop, cancellationToken);
    }

    private static CatalogueItem Item(int product) => new(Sku(product))
    {
        Title = $"Thing {product / Family} in colour {product % Family}",
        ProductId = product.ToString(CultureInfo.InvariantCulture),
        Handle = $"thing-{product}",
        Type = $"Type {product / Family % 400}",
        Vendor = $"Brand {product % 90}",
        Tags = [$"tag {product % 1000}"],
        Price = new(5 + (product % 95), "EUR"),
        Cost = new(2 + (product % 40), "EUR"),
        Stock = product % 10 == 0 ? 0 : 50,
        Status = ItemStatus.Active,
        Published = true,
        Image = $"https://cdn.example.com/{product}.jpg",
    };

    private Order Order(string id, DateTimeOffset at, Random random)
    {
        var first = Draw(random);
        var items = Enumerable.Range(0, ItemsPerOrder - 1)
            .Select(_ => random.NextDouble() < NeighbourShare ? Math.Min(_cumulated.Length - 1, (first / Family * Family) + random.Next(Family)) : Draw(random))
            .Prepend(first).Distinct();
        var customer = new CustomerId($"customer-{random.Next(_cumulated.Length / 2)}");
        return new(new OrderId(id), customer, at, at, [.. items.Select(item => new OrderLine(Sku(item), 1, 1, new Money(10, "EUR")))]);
    }
}
