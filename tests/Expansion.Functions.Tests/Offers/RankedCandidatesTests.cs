using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Functions.Tests.Affinity;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Offers;

[Trait("Category", "Azurite")]
public sealed class RankedCandidatesTests(LearnedShop shop) : IClassFixture<LearnedShop>
{
    [Fact]
    public async Task FindAsync_ArmThatNamesARanking_ProposesWhatTheRecommendationsDoAndNoFiller()
    {
        var (plain, affinity, popularity) = (await FindAsync(null), await FindAsync("affinity"), await FindAsync("popularity"));

        Assert.All(plain, candidate => Assert.Equal("affinity", candidate.Source));
        Assert.Equal("CAR-TABS-100", Assert.Single(affinity).Target);
        Assert.Equal("CAR-TABS-100", Assert.Single(popularity).Target);
        Assert.All(popularity, candidate => Assert.InRange(candidate.Score, 0, 1));
        Assert.All(popularity, candidate => Assert.NotNull(candidate.Price));
    }

    /// <summary>Nothing was trained yet: affinity goes by how often it is bought along, popularity by how often at all.</summary>
    [Fact]
    public async Task FindAsync_BeforeTheFirstModel_PopularityRanksByHowManyOrdersHoldIt()
    {
        string[] cart = ["COF-HOUSE-1K", "BRW-CARAFE-3", "ESP-PLUS", "KIT-KETTLE-2"];
        var affinity = (await FindAsync("affinity", cart)).Select(candidate => candidate.Target).ToList();
        var popularity = (await FindAsync("popularity", cart)).Select(candidate => candidate.Target).ToList();

        var sold = LearnedShop.Sample.Orders.SelectMany(order => order.Lines.Select(line => line.Sku.Value).Distinct()).CountBy(sku => sku).ToDictionary();
        Assert.Equal(affinity.OrderByDescending(sku => sold[sku]), popularity);
        Assert.NotEqual(affinity[0], popularity[0]);
    }

    private async Task<IReadOnlyList<Candidate>> FindAsync(string? ranking, params string[] skus)
    {
        var customer = new CustomerState(new("somebody"));
        var cart = new KnownCart(new(30, "EUR"), [.. (skus.Length > 0 ? skus : ["COF-HOUSE-1K"]).Select(sku => new Sku(sku))]);
        customer = customer with { Shopping = customer.Shopping with { Cart = new(cart, LearnedShop.Sample.Orders[^1].OrderedAt, "cart") } };
        var context = new TimingContext(customer, ShopFacts.None, TimingSettings.Default, LearnedShop.Sample.Orders[^1].OrderedAt, TimeZoneInfo.Utc)
        {
            Touchpoint = Touchpoint.CartPage,
            Arm = ranking is null ? null : new("ranking", ranking, 0.5) { Settings = new Dictionary<string, string> { ["ranking"] = ranking } },
        };
        return (await shop.Host.Services.GetRequiredService<IOfferCandidates>().FindAsync(LearnedShop.Shop, context, TestContext.Current.CancellationToken)).Candidates;
    }
}
