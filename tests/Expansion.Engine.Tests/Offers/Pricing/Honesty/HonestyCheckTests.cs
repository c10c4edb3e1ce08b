using CsCheck;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Honesty;

namespace Expansion.Engine.Tests.Offers.Pricing.Honesty;

/// <summary>An offer that misleads is refused, with the reason.</summary>
public sealed class HonestyCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly Sku Mug = new("mug");
    private static readonly PricingSettings Settings = new();

    [Fact]
    public void Check_ReferenceChargedForTheLastThirtyDays_IsHonest() =>
        Assert.Empty(Check(Was(100), 80, Charged((-40, 100))));

    [Fact]
    public void Check_PriceRaisedForTheSale_IsRefusedWithTheLowest() =>
        Assert.Equal(
            "mug: 120 USD is no prior price: 90 USD, charged from 2026-03-20, is the lowest of the 30 days before 2026-03-31",
            Reason(Was(120), 80, Charged((-40, 100), (-11, 90), (-5, 120))));

    /// <summary>The price in force when the window opens was charged in it, too.</summary>
    [Theory]
    [InlineData(-30, true)]
    [InlineData(-29, false)]
    public void Check_LowPriceLongAgo_CountsWhileItReachesIntoTheWindow(int raisedOnDay, bool honest) =>
        Assert.Equal(honest, Check(Was(100), 80, Charged((-60, 70), (raisedOnDay, 100))).Count == 0);

    /// <summary>Art. 6a(5): of a reduction that grows, the prior price is that before its first step.</summary>
    [Fact]
    public void Check_SecondStepOfASale_IsMeasuredBeforeTheFirst()
    {
        var history = Charged((-60, 100), (-10, 90), (-3, 80));

        Assert.NotEmpty(Check(Was(100), 80, history));
        Assert.Empty(Check(Was(100) with { ReducedAt = Now.AddDays(-10) }, 80, history));
    }

    [Fact]
    public void Check_PricesKnownForTenDays_IsRefusedUnlessTheLawAllowsIt()
    {
        Assert.Equal("mug: prices are known for 10 days before 2026-03-31, 30 are needed", Reason(Was(100), 80, Charged((-10, 100))));
        Assert.Empty(HonestyCheck.Check(Claim(Was(100), 80), Charged((-10, 100)), Settings with { NewGoodsDays = 10 }, Now));
    }

    public static TheoryData<ReferencePrice, decimal, HonestyFacts, string> Refused => new()
    {
        { Was(100), 80, new(), "mug: no price before 2026-03-31 is known" },
        { Was(100), 100, Charged((-40, 100)), "the reference price is not above the price: there is no saving to show" },
        { Was(100.004m), 100, Charged((-40, 101)), "the reference price is not above the price: there is no saving to show" },
        { new(ReferenceKind.PriorPrice, new(100, "EUR")) { Parts = [new(Mug, new(100, "EUR"))] }, 80, Charged((-40, 100)), "the reference price is in EUR, the price in USD" },
        { new(ReferenceKind.PriorPrice, Usd(100)), 80, Charged((-40, 100)), "a prior price must say of what" },
        { Was(100) with { ReducedAt = Now.AddDays(2) }, 80, Charged((-40, 100)), "the reduction begins on 2026-04-02 only" },
        { Sum(110), 80, Charged((-40, 60)), "the parts add up to 120 USD, not 110" },
        { Sum(120), 80, new(), "mug: no price was ever charged for it" },
        { Sum(120), 80, Charged((-40, 50)), "mug: 60 USD would show a saving that isn't there: it was sold for 50 in the last 30 days" },
        { Sum(120), 80, Charged((-40, 60), (-9, 55), (-2, 60)), "mug: 60 USD would show a saving that isn't there: it was sold for 55 in the last 30 days" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Check_ReferenceThatMisleads_IsRefused(ReferencePrice reference, decimal price, HonestyFacts facts, string reason) =>
        Assert.Equal(reason, Reason(reference, price, facts));

    [Fact]
    public void Check_SumOfPartsAsCharged_IsHonest() => Assert.Empty(Check(Sum(120), 96, Charged((-40, 60))));

    public static TheoryData<ScarcityClaim, HonestyFacts, string?> Scarcities => new()
    {
        { new() { Left = 3 }, new() { Stock = new(3, Now.AddHours(-1)) }, null },
        { new() { Left = 3 }, new() { Stock = new(40, Now.AddHours(-1)) }, "'only 3 left', but there are 40" },
        { new() { Left = 3 }, new() { Stock = new(3, Now.AddHours(-25)) }, "'only 3 left', but the stock was counted on 2026-03-29 23:00" },
        { new() { Left = 3 }, new(), "'only 3 left', but the stock isn't known" },
        { new() { EndsAt = Now.AddDays(2) }, new() { EndsAt = Now.AddDays(2) }, null },
        { new() { EndsAt = Now.AddDays(2) }, new(), "the offer is said to end, but no end is planned" },
        { new() { EndsAt = Now.AddDays(2) }, new() { EndsAt = Now.AddDays(9) }, "the offer is said to end on 2026-04-02, but ends on 2026-04-09" },
        { new() { EndsAt = Now.AddDays(2) }, new() { EndsAt = Now.AddDays(2), EarlierEnds = [Now.AddDays(-5)] }, "the offer was said to end on 2026-03-26 and goes on" },
        { new() { EndsAt = Now }, new() { EndsAt = Now }, "the offer ended on 2026-03-31" },
    };

    [Theory]
    [MemberData(nameof(Scarcities))]
    public void Check_Scarcity_MustBeReal(ScarcityClaim scarcity, HonestyFacts facts, string? reason) =>
        Assert.Equal(reason, HonestyCheck.Check(new(Usd(10)) { Scarcity = scarcity }, facts, Settings, Now).SingleOrDefault()?.Reason);

    [Fact]
    public void Saving_OfAnyTwoPrices_IsExactAndItsPercentNeverRoundedUp() =>
        Gen.Select(Gen.Long[1, 10_000_000], Gen.Long[0, 10_000_000], AnyCurrency.Gen).Sample((reference, price, currency) =>
        {
            var claim = new OfferClaim(Money.FromMinorUnits(price, currency)) { Reference = new(ReferenceKind.PriorPrice, Money.FromMinorUnits(reference, currency)) };

            Assert.Equal(reference - price, claim.Saving!.Value.ToMinorUnits());
            Assert.True(claim.SavingPercent is null ? price >= reference : claim.SavingPercent * reference <= 100 * (reference - price));
        });

    /// <summary>Whatever the history, a reference that passes was never undercut in the window.</summary>
    [Fact]
    public void Check_AnyHistory_NeverPassesAReferenceAboveALowerPriceInTheWindow() =>
        Gen.Select(Gen.Select(Gen.Int[-90, -1], Gen.Int[50, 150]).Array[1, 12], Gen.Int[50, 150]).Sample((changes, reference) =>
        {
            var history = Charged([.. changes.DistinctBy(change => change.Item1).Select(change => (change.Item1, (decimal)change.Item2))]);
            var inWindow = Enumerable.Range(-30, 30).Select(day => history.Prices[Mug].Where(change => change.From <= Now.AddDays(day)).MaxBy(change => change.From)).ToList();

            var honest = Check(Was(reference), 40, history).Count == 0;

            Assert.Equal(inWindow[0] is not null && inWindow.All(charged => charged!.Price.Amount >= reference), honest);
        });

    private static string Reason(ReferencePrice reference, decimal price, HonestyFacts facts) => Check(reference, price, facts)[0].Reason;

    private static IReadOnlyList<Refusal> Check(ReferencePrice reference, decimal price, HonestyFacts facts) => HonestyCheck.Check(Claim(reference, price), facts, Settings, Now);

    private static OfferClaim Claim(ReferencePrice reference, decimal price) => new(Usd(price)) { Reference = reference };

    private static ReferencePrice Was(decimal amount) => new(ReferenceKind.PriorPrice, Usd(amount)) { Parts = [new(Mug, Usd(amount))] };

    private static ReferencePrice Sum(decimal amount) => new(ReferenceKind.SumOfParts, Usd(amount)) { Parts = [new(Mug, Usd(60)), new(Mug, Usd(60))] };

    private static HonestyFacts Charged(params (int Day, decimal Price)[] changes) => new()
    {
        Prices = new Dictionary<Sku, IReadOnlyList<PriceChange>> { [Mug] = [.. changes.Select(change => new PriceChange(Now.AddDays(change.Day), Usd(change.Price)))] },
    };

    private static Money Usd(decimal amount) => new(amount, "USD");
}
