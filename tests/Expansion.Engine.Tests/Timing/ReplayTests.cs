using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing;

public sealed class ReplayTests
{
    private static readonly Signal[] Bought = [Order("o", "beans").Ago(20)];

    [Fact]
    public async Task RunAsync_Purchase_IsOfferedToAWeekLaterWithoutASignal()
    {
        var decision = Assert.Single(await RunAsync(new(), Bought));

        Assert.Equal(("filters", Touchpoint.PostPurchaseEmail, Now.AddDays(-13)), (decision.Offer?.Target, decision.Touchpoint, decision.At));
    }

    [Fact]
    public async Task RunAsync_OtherOptions_DecideOtherwise()
    {
        Assert.Equal(Now.AddDays(-10), Assert.Single(await RunAsync(new() { PostPurchase = new() { AfterDays = 10 } }, Bought)).At);
        Assert.Empty(await RunAsync(new() { TriggersOff = ["post_purchase"] }, Bought));
    }

    [Fact]
    public async Task RunAsync_CrisisThatEnds_IsASilenceAndThenAnOffer()
    {
        var decisions = await RunAsync(
            new(),
            [.. Bought, new TicketOpened("t", TicketSeverity.High) { Id = "t", Customer = Ann, At = Now.AddDays(-14) }, new TicketResolved("t", 5) { Id = "r", Customer = Ann, At = Now.AddDays(-12) }]);

        Assert.Equal([null, "filters"], decisions.Where(decision => decision.Touchpoint == Touchpoint.PostPurchaseEmail).Select(decision => decision.Offer?.Target));
        Assert.Equal("support_crisis", decisions[0].Suppressions[0].Name);
        var summary = ReplaySummary.Of(decisions);
        Assert.Equal(1, summary.Occasions["post_purchase"]);
    }

    [Fact]
    public async Task RunAsync_BeforeThePeriod_IsLivedButNotTold()
    {
        var replay = new Replay(ShopId.From("coffee.example"), new(), RuleSet.None, new([]), ShopFacts.None, TimeZoneInfo.Utc, new Fixed());

        Assert.Empty(await replay.RunAsync(Ann, Bought, Now.AddDays(-12), Now, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_PriceRiseForEverybody_SilencesWhoHasTheItem()
    {
        var rise = new PriceChanged("beans", new(10, "USD"), new(12, "USD")) { Id = "p", Customer = Signal.Everybody, At = Now.AddDays(-15) };

        var decisions = await RunAsync(new(), [.. Bought, rise]);

        Assert.All(decisions, decision => Assert.Null(decision.Offer));
        Assert.Equal(new Dictionary<string, int> { ["price_increase"] = 1 }, ReplaySummary.Of(decisions).Silences);
    }

    [Fact]
    public void SummaryOf_Nothing_IsEmpty()
    {
        var summary = ReplaySummary.Of([]);

        Assert.Equal((0, 0, 0), (summary.Moments, summary.Offers, summary.Days.Count));
    }

    private static Task<IReadOnlyList<Decision>> RunAsync(TimingSettings settings, Signal[] signals) =>
        new Replay(ShopId.From("coffee.example"), settings, RuleSet.None, new([]), ShopFacts.None, TimeZoneInfo.Utc, new Fixed())
            .RunAsync(Ann, signals, Now.AddDays(-30), Now, TestContext.Current.CancellationToken);

    private sealed class Fixed : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) => Task.FromResult(new ProposedCandidates([Filters], "1"));
    }
}
