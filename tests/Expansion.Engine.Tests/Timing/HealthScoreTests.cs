using Expansion.Engine.Timing.Health;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

public sealed class HealthScoreTests
{
    private static readonly Signal[] Story =
    [
        new SubscriptionStarted(Basic) { Id = "s", Customer = Ann, At = Now.AddDays(-100) },
        new FeatureUsed("a") { Id = "f", Customer = Ann, At = Now.AddDays(-1) },
        new FeatureUsed("b") { Id = "g", Customer = Ann, At = Now },
        new TicketOpened("t") { Id = "t", Customer = Ann, At = Now.AddDays(-10) },
        new TicketResolved("t", 5) { Id = "r", Customer = Ann, At = Now.AddDays(-9) },
        new PaymentFailed { Id = "p", Customer = Ann, At = Now.AddDays(-20) },
        new PaymentSucceeded { Id = "q", Customer = Ann, At = Now.AddDays(-19) },
        Order("o", "beans", "mug").Ago(30),
        new ProductReturned(new("mug")) { Id = "b", Customer = Ann, At = Now.AddDays(-5) },
    ];

    [Fact]
    public void Of_KnownParts_AreWeighedAndExplained()
    {
        var health = Read(new());

        // Breadth 2 of 4, one ticket in 30 days 0.85, a failed payment made good 0.6, half returned 0.5, active today 1; usage trend isn't known.
        Assert.Equal(["breadth 0.5", "tickets 0.85", "payments 0.6", "returns 0.5", "recency 1"], health.Components.Select(part => FormattableString.Invariant($"{part.Name} {part.Value}")));
        Assert.Equal(100 * ((15 * 0.5) + (15 * 0.85) + (15 * 0.6) + (10 * 0.5) + 15) / 70, health.Score!.Value, 9);
        Assert.Equal(health.Score.Value, health.Components.Sum(part => part.Points), 9);
        Assert.Contains("2 of 4 features were used in the last 28 days.", health.Components.Select(part => part.Explanation));
    }

    [Fact]
    public void Of_WeightsChanged_ChangeTheScore()
    {
        Assert.Equal(50, Read(new() { Breadth = 1, Tickets = 0, Payments = 0, Returns = 0, Recency = 0 }).Score);
    }

    [Fact]
    public void Of_UsageHalved_LosesTheTrend()
    {
        Signal[] use = [new UsageRecorded("calls", 100) { Id = "1", Customer = Ann, At = Now.AddDays(-55) }, new UsageRecorded("calls", 50) { Id = "2", Customer = Ann, At = Now.AddDays(-1) }];

        var trend = HealthScore.Of(Customer(use), new(), Now, TimeZoneInfo.Utc).Components.Single(part => part.Name == "usage_trend");

        Assert.Equal(0.4, trend.Value, 9);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(30.001, false)]
    public void Of_ScoreFromOutside_WinsWhileItIsFresh(double ago, bool given)
    {
        var health = HealthScore.Of(Customer([.. Story, new HealthScoreSet(12) { Id = "h", Customer = Ann, At = Now.AddDays(-ago) }]), new(), Now, TimeZoneInfo.Utc);

        Assert.Equal(given, health.Given);
        Assert.Equal(given, health.Score == 12);
    }

    [Fact]
    public void Of_NothingKnownButQuietTickets_IsNoDeclineHoweverLongAgoTheLastOrderWas()
    {
        var health = HealthScore.Of(Customer(Order("o", "beans").Ago(50)), new(), Now, TimeZoneInfo.Utc);

        Assert.True(health.Score < 90);
        Assert.Equal(0, health.SlopePerWeek);
    }

    private static HealthReading Read(HealthOptions options) => HealthScore.Of(Customer(Story), options, Now, TimeZoneInfo.Utc);
}
