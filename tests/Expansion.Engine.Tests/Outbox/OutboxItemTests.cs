using Expansion.Engine.Outbox;

namespace Expansion.Engine.Tests.Outbox;

public sealed class OutboxItemTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)];
    private static readonly OutboxItem Begun = new OutboxItem(ShopId.From("coffee.example"), "webhook:crm", "evt_1", "{}", Now).Begin(Now.AddMinutes(5));

    [Fact]
    public void Begin_ANewItem_IsTriedUntilTheLeaseEnds() => Assert.Equal((1, true, Now.AddMinutes(5)), (Begun.Attempts, Begun.Trying, Begun.NextAt));

    [Fact]
    public void End_EachResult_LeadsToItsState()
    {
        Assert.Equal(OutboxState.Delivered, Begun.End(new Delivered(), Retries, Now).State);
        Assert.Equal((OutboxState.Dead, "No."), (Begun.End(new Refused("No."), Retries, Now).State, Begun.End(new Refused("No."), Retries, Now).Reason));
        var later = Begun.End(new Postponed("Night.", Now.AddHours(9)), Retries, Now);
        Assert.Equal((OutboxState.Pending, 0, Now.AddHours(9), false), (later.State, later.Attempts, later.NextAt, later.Trying));
    }

    [Fact]
    public void End_FailedAgainAndAgain_WaitsLongerAndThenDies()
    {
        var first = Begun.End(new Failed("500."), Retries, Now);
        var second = first.Begin(Now).End(new Failed("500."), Retries, Now);
        var third = second.Begin(Now).End(new Failed("500."), Retries, Now);

        Assert.InRange(first.NextAt - Now, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.2));
        Assert.InRange(second.NextAt - Now, TimeSpan.FromHours(1), TimeSpan.FromHours(1.2));
        Assert.Equal((OutboxState.Dead, "Given up after 3 tries. 500."), (third.State, third.Reason));
        Assert.Equal((OutboxState.Pending, 0, Now), (third.Revive(Now).State, third.Revive(Now).Attempts, third.Revive(Now).NextAt));
    }

    [Theory]
    [InlineData(30, 60, 72)]
    [InlineData(600, 600, 600)]
    [InlineData(1e6, 86400, 86400)]
    public void Of_AskedToWait_WaitsAtLeastThatButNotForever(double asked, double least, double most) =>
        Assert.InRange(RetryDelay.Of(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(asked), "key").TotalSeconds, least, most);

    [Fact]
    public void Channel_WithADestination_NamesBoth()
    {
        Assert.Equal(("webhook", "crm"), (Begun.Carrier, Begun.Destination));
        Assert.Equal(("odoo", ""), ((Begun with { Channel = "odoo" }).Carrier, (Begun with { Channel = "odoo" }).Destination));
    }
}
