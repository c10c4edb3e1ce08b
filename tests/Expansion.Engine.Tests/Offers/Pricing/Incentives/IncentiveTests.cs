using System.Text.Json;
using CsCheck;
using Expansion.Engine.Offers.Pricing.Incentives;

namespace Expansion.Engine.Tests.Offers.Pricing.Incentives;

public sealed class IncentiveTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<Incentive, decimal, decimal> Costs => new()
    {
        { new Incentive.None(), 0, 79 },
        { new Incentive.Percentage(0.1m), 7.90m, 71.10m },
        { new Incentive.Percentage(0.333m), 26.30m, 52.70m },
        { new Incentive.Fixed(Usd(10)), 10, 69 },
        { new Incentive.Trial("analytics", 14, Usd(6)), 2.80m, 79 },
    };

    [Theory]
    [MemberData(nameof(Costs))]
    public void CostAt_OfEachKind_IsWhatTheShopGivesAway(Incentive incentive, decimal cost, decimal price)
    {
        Assert.Null(incentive.Refuse(Usd(79)));
        Assert.Equal((Usd(cost), Usd(price)), (incentive.CostAt(Usd(79)), incentive.PriceAfter(Usd(79))));
    }

    public static TheoryData<Incentive, string> Refused => new()
    {
        { new Incentive.Percentage(0), "0 % is no discount: it must be above 0 and below 100 %" },
        { new Incentive.Percentage(1), "100 % is no discount: it must be above 0 and below 100 %" },
        { new Incentive.Fixed(Usd(79)), "the discount is the whole price" },
        { new Incentive.Fixed(Usd(0)), "the discount is nothing" },
        { new Incentive.Fixed(new(5, "EUR")), "the discount is in EUR, the price in USD" },
        { new Incentive.Trial("x", 0, Usd(1)), "a trial lasts 1 to 365 days" },
        { new Incentive.Trial("x", 14, new(1, "EUR")), "the trial's cost is in EUR, the price in USD" },
        { new Incentive.Trial("x", 14, Usd(-1)), "the trial's cost is below zero" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuse_WhatIsNone_SaysWhy(Incentive incentive, string reason) => Assert.Equal(reason, incentive.Refuse(Usd(79)));

    [Fact]
    public void PriceAfter_AnyDiscount_IsPriceLessCostAndNeverBelowZero() =>
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[1, 999], Gen.Long[1, 1_000_000], AnyCurrency.Gen).Sample((price, permille, off, currency) =>
        {
            foreach (var incentive in new Incentive[] { new Incentive.Percentage(permille / 1000m), new Incentive.Fixed(Money.FromMinorUnits(off, currency)) })
            {
                var before = Money.FromMinorUnits(price, currency);
                Assert.Equal(before, incentive.PriceAfter(before) + incentive.CostAt(before));
                Assert.InRange(incentive.PriceAfter(before).Amount, 0, before.Amount);
            }
        });

    [Fact]
    public void Margin_WithAnIncentive_CountsItAsACost()
    {
        Assert.Equal(Usd(56), new OfferEconomics(Usd(79), Usd(15), Usd(8)).Margin);
        Assert.Null(new OfferEconomics(Usd(79), null, Usd(8)).Margin);
    }

    [Theory]
    [InlineData(20, 0, "20 USD reserved, 10 left")]
    [InlineData(26, 0, "it costs 26, an offer may cost 25 USD")]
    [InlineData(20, 25, "the customer was given 25 before, 40 USD are allowed")]
    [InlineData(-1, 0, "an incentive can't cost less than nothing")]
    public void Reserve_WithinCapsOrNot_SaysWhatIsLeftOrWhyNot(decimal cost, decimal customer, string reason)
    {
        var budget = new IncentiveBudget(Usd(100), Usd(70)) { PerOffer = Usd(25), PerCustomer = Usd(40), Until = Now.AddDays(1) };

        var decision = budget.Reserve(Usd(cost), Usd(customer), Now);

        Assert.Equal(reason, decision.Reason);
        Assert.Equal(decision.Budget is null, decision.Reason != "20 USD reserved, 10 left");
    }

    [Fact]
    public void Reserve_MoreThanIsLeftOrTooLateOrForeign_IsRefused()
    {
        var budget = new IncentiveBudget(Usd(100), Usd(95)) { Until = Now.AddDays(1) };

        Assert.Equal("5 USD of the budget are left, it costs 6", budget.Reserve(Usd(6), Usd(0), Now).Reason);
        Assert.Equal("the budget ended on 2026-03-02", budget.Reserve(Usd(1), Usd(0), Now.AddDays(1)).Reason);
        Assert.Equal("the budget is in USD, the incentive in EUR", budget.Reserve(new(1, "EUR"), Usd(0), Now).Reason);
        Assert.Equal(Usd(100), budget.Reserve(Usd(5), Usd(0), Now).Budget?.Spent);
    }

    [Fact]
    public void Json_OfEachKind_ComesBackTheSame()
    {
        foreach (var incentive in new Incentive[] { new Incentive.None(), new Incentive.Percentage(0.1m), new Incentive.Fixed(Usd(5)), new Incentive.Trial("a", 14, Usd(6)) })
        {
            Assert.Equal(incentive, JsonSerializer.Deserialize<Incentive>(JsonSerializer.Serialize(incentive, ExpansionJson.Options), ExpansionJson.Options));
        }
    }

    private static Money Usd(decimal amount) => new(amount, "USD");
}
