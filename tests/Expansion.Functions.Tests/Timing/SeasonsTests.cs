using System.Globalization;
using System.Text;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Functions.Timing;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Timing;

[Trait("Category", "Azurite")]
public sealed class SeasonsTests(AzuriteFixture azurite)
{
    /// <summary>A year of orders, a line each: beans all year long, and sun lotion, which sells in April. Ann bought hers on the 20th.</summary>
    private static string Orders
    {
        get
        {
            var file = new StringBuilder("order_id,ordered_at,sku,quantity,unit_price,currency,customer_id\n");
            for (var month = new DateOnly(2025, 3, 1); month < new DateOnly(2026, 3, 1); month = month.AddMonths(1))
            {
                foreach (var (sku, sold) in new[] { ("beans", 10), ("lotion", month.Month == 4 ? 30 : 2) })
                {
                    for (var number = 1; number <= sold; number++)
                    {
                        var customer = (sku, month.Month, number) == ("lotion", 4, 20) ? "ann" : "";
                        file.AppendLine(CultureInfo.InvariantCulture, $"{sku}-{month:yyyyMM}-{number},{month:yyyy-MM}-{Math.Min(number, 28):00}T12:00:00Z,{sku},1,9,USD,{customer}");
                    }
                }
            }

            return file.ToString();
        }
    }

    [Fact]
    public async Task OrdersOfAYear_OnceRecomputedAndLearnedFrom_AreOfferedOnInTheirSeason()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.PutAsync($"shops/{Id}/products", """[{"sku":"lotion","type":"Sun care"},{"sku":"beans","type":"Coffee"}]""");
        await shop.DoneAsync($"orders/import?shop={Id}", Orders);
        await Eventually.TrueAsync(async () => (await shop.CustomerAsync()).Shopping.Has(new("lotion")), "Ann's purchase is told");
        await shop.DoneAsync($"shops/{Id}/recompute", "");

        await shop.PassAsync<LearnSeasons>(ShopTimings.Fresh, (timer, cancel) => timer.Run(new TimerInfo(), cancel));

        var facts = await shop.Get<IShopTimingStore>().FactsAsync(ShopId.From(Id), TestContext.Current.CancellationToken);
        var peak = Assert.Single(facts.Seasons);
        Assert.Equal(("Sun care", 4, new Sku("lotion")), (peak.Category, peak.Month, Assert.Single(peak.Products)));
        // Where she is asked for on 10 March it is too early.
        Assert.Null((await shop.NextAsync("account_page"))["offer"]);

        // In Berlin April begins two hours early; nothing has happened since, and at night nothing is sent.
        await shop.ReleaseAsync(new DateTimeOffset(2026, 3, 31, 22, 1, 0, TimeSpan.Zero) - shop.Time.GetUtcNow());
        await Eventually.TrueAsync(async () => (await shop.GetAsync($"offers?shop={Id}&customer=ann"))["decisions"]!.AsArray().Count == 1, "the silence of the night is on record");
        await shop.ReleaseAsync(TimeSpan.FromHours(10));
        await Eventually.TrueAsync(async () => (await shop.OffersAsync()).Count == 1, "the offer of the season is made");

        Assert.Equal("season:Sun care:2026-04", Assert.Single((await shop.CustomerAsync()).Offers.Made).Occasion);
    }
}
