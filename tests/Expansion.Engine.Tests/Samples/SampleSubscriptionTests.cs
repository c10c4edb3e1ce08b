using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

public sealed class SampleSubscriptionTests
{
    private static readonly SampleSubscription Subscription = SampleShopTests.Shop.Subscription;

    [Fact]
    public void Plans_Ladder_IsThreeStepsThatEachGiveMore()
    {
        Assert.Equal([29m, 79m, 149m], Subscription.Plans.Select(plan => plan.MonthlyPrice.Amount));
        Assert.Equal(["Basic", "Growth", "Pro"], Subscription.Plans.Select(plan => plan.Name));
        Assert.All(Subscription.Plans.Zip(Subscription.Plans.Skip(1)), pair =>
        {
            Assert.True(pair.Second.WeeklyLimit > pair.First.WeeklyLimit);
            Assert.ProperSuperset(pair.First.Features.ToHashSet(), pair.Second.Features.ToHashSet());
        });
    }

    [Fact]
    public void Accounts_All_ArePlausible()
    {
        Assert.Equal(300, Subscription.Accounts.Count);
        Assert.InRange(Subscription.Accounts.Count(account => account.CancelledAt is not null), 10, 60);
        Assert.InRange(Subscription.Upgrades.Count, 40, 120);
        Assert.Contains(Subscription.Tickets, ticket => ticket.ResolvedAt is null);
        Assert.All(Subscription.Plans, plan => Assert.True(Subscription.Accounts.Count(account => account.Plan == plan.Name) >= 20));
    }

    [Fact]
    public void Events_All_LieWithinTheAccountsLife()
    {
        var accounts = Subscription.Accounts.ToDictionary(account => account.Id);

        Assert.All(
            Subscription.Usage.Select(usage => (usage.Account, usage.Week))
                .Concat(Subscription.Features.Select(use => (use.Account, use.Week)))
                .Concat(Subscription.Upgrades.Select(upgrade => (upgrade.Account, upgrade.At)))
                .Concat(Subscription.Tickets.Select(ticket => (ticket.Account, ticket.OpenedAt))),
            ((CustomerId Account, DateTimeOffset At) happened) => Assert.InRange(happened.At, accounts[happened.Account].StartedAt, accounts[happened.Account].CancelledAt ?? SampleShopTests.Until));
        Assert.All(Subscription.Usage, usage => Assert.Equal(DayOfWeek.Monday, usage.Week.DayOfWeek));
    }

    [Fact]
    public void Features_Used_AreInThePlanOfThatWeek()
    {
        var plans = Subscription.Plans.ToDictionary(plan => plan.Name);
        var planOf = Subscription.Usage.ToDictionary(usage => (usage.Account, usage.Week), usage => plans[usage.Plan]);

        Assert.All(Subscription.Features, use => Assert.Contains(use.Feature, planOf[(use.Account, use.Week)].Features));
    }

    [Fact]
    public void Upgrades_All_ComeAfterAWeekNearTheLimit()
    {
        var usage = Subscription.Usage.ToLookup(week => week.Account);

        Assert.All(Subscription.Upgrades, upgrade =>
        {
            var last = usage[upgrade.Account].Last(week => week.Week < upgrade.At);
            Assert.Equal(upgrade.From, last.Plan);
            Assert.True(last.Used > 0.9 * last.Limit);
        });
    }
}
