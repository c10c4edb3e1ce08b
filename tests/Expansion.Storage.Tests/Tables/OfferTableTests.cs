using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class OfferTableTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task LinesAsync_DecisionsOfAllShares_ComeNewestFirstAndGoOnAfterAnyOfThem()
    {
        var table = NewTable();
        var decisions = Enumerable.Range(0, 100).Select(minute => Silence(minute, Midnight.AddMinutes(minute * 7), "sending_hours")).ToList();
        await table.AddAsync(Shop, [.. decisions.OrderBy(decision => decision.Id[^1])], CancellationToken.None);

        var day = await table.LinesAsync(Shop, new(2026, 3, 2), null, CancellationToken.None).ToListAsync();
        var rest = await table.LinesAsync(Shop, new(2026, 3, 2), day[41].Id, CancellationToken.None).ToListAsync();

        Assert.Equal(decisions.AsEnumerable().Reverse().Select(LedgerLine.Of), day);
        Assert.Equal(day[42..], rest);
        Assert.Empty(await table.LinesAsync(Shop, new(2026, 3, 3), null, CancellationToken.None).ToListAsync());
        Assert.Empty(await table.LinesAsync(ShopId.From("tea.example"), new(2026, 3, 2), null, CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task DaysAsync_OfAWinter_AreThoseWithDecisionsLatestFirst()
    {
        var table = NewTable();
        await table.AddAsync(Shop, [Silence(1, Midnight, "opt_out"), Silence(2, Midnight.AddDays(-70), "opt_out"), Silence(3, Midnight.AddDays(1), "opt_out"), Silence(4, Midnight.AddHours(5), "opt_out")], CancellationToken.None);

        var days = await table.DaysAsync(Shop, new(2026, 3, 2), CancellationToken.None).ToListAsync();

        Assert.Equal([new(2026, 3, 2), new(2025, 12, 22)], days);
    }

    [Fact]
    public async Task AddAsync_RepeatedWithANewOne_CountsEachDecisionOnce()
    {
        var table = NewTable();
        Decision[] decisions = [Silence(1, Midnight, "opt_out"), Silence(2, Midnight.AddHours(1), "opt_out"), Silence(3, Midnight.AddHours(2), null)];

        await table.AddAsync(Shop, decisions, CancellationToken.None);
        await table.AddAsync(Shop, [.. decisions, Silence(1, Midnight.AddHours(3), "opt_out")], CancellationToken.None);

        Assert.Equal(
            new Dictionary<string, int> { ["opt_out"] = 3, ["nothing_to_offer"] = 1 },
            (await table.SilencesAsync(Shop, new(2026, 3, 2), CancellationToken.None)).ToDictionary());
        Assert.Equal(decisions[1].Reason, (await table.FindAsync(Shop, decisions[1].Id, CancellationToken.None))!.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("ffffffffffffffff-0123456789abcdef")]
    [InlineData("0000000000000000-0123456789abcdef")]
    public async Task FindAsync_NoIdOfOurs_FindsNothing(string id) => Assert.Null(await NewTable().FindAsync(Shop, id, CancellationToken.None));

    private OfferTable NewTable() => new(new TableServiceClient(azurite.NewAccount()));

    private static Decision Silence(int customer, DateTimeOffset at, string? because)
    {
        var id = $"{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:x16}-{customer * 7919:x16}";
        return new Decision(id, new($"c{customer}"), at, Touchpoint.CartPage, null, $"Silent for {customer}.")
        {
            Suppressions = because is null ? [] : [new Suppression(because, "a reason", null)],
        };
    }
}
