using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>A shop with long lists, written through the app's own stores.</summary>
internal static class LongShop
{
    public const string Name = "long.expansion.example";

    private const int Months = 12;
    private const int Days = 28;
    private const int PerCustomer = 20;
    private const int AtOnce = 1000;

    private static readonly ShopId Shop = ShopId.From(Name);

    public static async Task WriteAsync(TestHost host, int pairs, int decisions, CancellationToken cancellationToken)
    {
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, cancellationToken);
        var generation = new AffinityGeneration($"{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}", TimeProvider.System.GetUtcNow(), new(2025, 1), new(2025, Months), 1_000_000, 5_000, pairs) { Kept = pairs, Sound = pairs };
        await host.Services.GetRequiredService<IPairFiles>().WriteAsync(Shop, generation.Id, Enumerable.Range(0, pairs).Select(Scored).Chunk(5_000), cancellationToken);
        var affinities = host.Services.GetRequiredService<IAffinityStore>();
        await affinities.WriteAsync(Shop, generation, [], cancellationToken);
        await affinities.PublishAsync(Shop, generation, cancellationToken);

        var (ledger, now) = (host.Services.GetRequiredService<IOfferLedger>(), TimeProvider.System.GetUtcNow());
        foreach (var some in Enumerable.Range(0, decisions).Select(number => Made(number, now - (TimeSpan.FromDays(Days) * number / decisions))).Chunk(AtOnce))
        {
            await ledger.AddAsync(Shop, some, cancellationToken);
        }
    }

    /// <summary>Products 0 to 4,999 in a ring, each with those that follow it.</summary>
    private static ScoredPair Scored(int number)
    {
        var (first, second) = (number % 5_000, (number + 1 + (number / 5_000)) % 5_000);
        var (a, b) = (Sku(Math.Min(first, second)), Sku(Math.Max(first, second)));
        var (both, lift) = (100 + (number * 7919 % 5_000), 1.5 + (number * 104_729 % 1_000 / 100.0));
        var each = (long)Math.Sqrt(both * 1_000_000.0 / lift);
        return new(
            new(a, b, both, each, each, 1_000_000), both / lift, 1e-9, 1e-7, lift * 0.9, lift * 1.1, lift * 0.98, lift, false, [], TrendDirection.Steady,
            [.. Enumerable.Repeat(both / Months, Months)], new(both, 0, 0, null, null, null), null)
        {
            ProductA = new(a, $"Product {a}", new(10, "EUR")),
            ProductB = new(b, $"Product {b}", new(20, "EUR")),
        };
    }

    private static Sku Sku(int number) => new($"P-{number:d4}");

    private static Decision Made(int number, DateTimeOffset at)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:x16}-{number * 2_654_435_761L:x16}");
        var offer = number % 4 == 0 ? new ChosenOffer(OfferKind.CrossSell, $"P-{number % 5_000:d4}", $"Product {number % 5_000}", new(20, "EUR"), new(ValueProposition.Convenience, PricingFrame.PerDay, "cart_page"), "cart_page", "Goes with the cart.", []) : null;
        return new(id, new($"customer-{number / PerCustomer}"), at, (Touchpoint)(number % 3), offer, offer is null ? "The customer was shown something yesterday." : "Bought in 30 % of orders with it.");
    }
}
