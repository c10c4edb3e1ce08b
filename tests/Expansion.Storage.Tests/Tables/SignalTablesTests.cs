using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using Expansion.Storage.Segments;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

/// <summary>What evaluating signals keeps beside customers and decisions: rates, rules, settings, answers, looks, and the log.</summary>
[Trait("Category", "Azurite")]
public sealed class SignalTablesTests(AzuriteFixture azurite)
{
    private static readonly CustomerId Ann = new("ann");

    private TableServiceClient Tables => field ??= new(azurite.NewAccount());

    [Fact]
    public async Task TryTakeAsync_TenAtOnce_LetsThroughAThousandAnHourAndNoMore()
    {
        var rates = new SignalRateTable(Tables);
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rates.TryTakeAsync(Shop, Ann, 150, Noon, TestContext.Current.CancellationToken)));

        Assert.Equal(6, taken.Count(took => took));
        Assert.True(await rates.TryTakeAsync(Shop, Ann, 100, Noon, TestContext.Current.CancellationToken));
        Assert.False(await rates.TryTakeAsync(Shop, Ann, 1, Noon.AddMinutes(59), TestContext.Current.CancellationToken));
        Assert.True(await rates.TryTakeAsync(Shop, new("bob"), 1, Noon, TestContext.Current.CancellationToken));
        Assert.True(await rates.TryTakeAsync(Shop, Ann, 1000, Noon.AddHours(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TryTakeAsync_TwoHostsByTurnsAndARowThatWasErased_CountTogether()
    {
        var (one, other, rows) = (new SignalRateTable(Tables), new SignalRateTable(Tables), Tables.GetTableClient("SignalRates"));
        foreach (var host in new[] { one, one, other, one, other })
        {
            Assert.True(await host.TryTakeAsync(Shop, Ann, 200, Noon, TestContext.Current.CancellationToken));
        }

        Assert.False(await other.TryTakeAsync(Shop, Ann, 1, Noon, TestContext.Current.CancellationToken));
        Assert.True(await one.TryTakeAsync(Shop, Ann, 1, Noon.AddHours(1), TestContext.Current.CancellationToken));
        var row = Assert.Single(await rows.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        await rows.DeleteEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(await one.TryTakeAsync(Shop, Ann, 1, Noon.AddHours(1), TestContext.Current.CancellationToken));
        Assert.True(await one.TryTakeAsync(Shop, Ann, 998, Noon.AddHours(1), TestContext.Current.CancellationToken));
        Assert.False(await other.TryTakeAsync(Shop, Ann, 2, Noon.AddHours(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TryTakeAsync_ManyCustomers_AreSpreadLikeTheirRows()
    {
        var rates = new SignalRateTable(Tables);
        var customers = Enumerable.Range(0, 100).Select(number => new CustomerId($"customer-{number}")).ToList();

        await Task.WhenAll(customers.Select(customer => rates.TryTakeAsync(Shop, customer, 1, Noon, TestContext.Current.CancellationToken)));

        var rows = await Tables.GetTableClient("SignalRates").QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(customers.Select(customer => CustomerTable.Partition(Shop, customer)).Order(StringComparer.Ordinal), rows.Select(row => row.PartitionKey).Order(StringComparer.Ordinal));
        Assert.Equal(CustomerParts.Count, rows.DistinctBy(row => row.PartitionKey).Count());
    }

    [Fact]
    public async Task SaveAsync_RuleByTwoAtOnce_GivesEachAVersionAndTheLastCounts()
    {
        var rules = new RuleTable(Tables);
        var rule = RuleExamples.All[0];

        var saved = await Task.WhenAll(rules.SaveAsync(Shop, rule, TestContext.Current.CancellationToken), rules.SaveAsync(Shop, rule, TestContext.Current.CancellationToken));
        await rules.SaveAsync(Shop, RuleExamples.All[1], TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], saved.Select(known => known.Version).Order());
        Assert.Equal([2, 1], (await rules.VersionsAsync(Shop, rule.Id, TestContext.Current.CancellationToken)).Select(known => known.Version));
        var set = await rules.ReadAsync(Shop, TestContext.Current.CancellationToken);
        Assert.Equal("basic-and-x-to-pro@1 bought-a-then-b@2", set.Version);
        Assert.Empty((await rules.ReadAsync(ShopId.From("tea.example"), TestContext.Current.CancellationToken)).Rules);
    }

    [Fact]
    public async Task SaveAsync_SettingsOfAnOlderVersion_AreRefused()
    {
        var timings = new SignalSettingsTable(Tables);
        var none = await timings.SettingsAsync(Shop, TestContext.Current.CancellationToken);
        Assert.True(await timings.SaveAsync(Shop, none with { Settings = new() { TriggersOff = ["season"] } }, TestContext.Current.CancellationToken));

        Assert.False(await timings.SaveAsync(Shop, none, TestContext.Current.CancellationToken));

        Assert.Equal(["season"], (await timings.SettingsAsync(Shop, TestContext.Current.CancellationToken)).Settings.TriggersOff);
    }

    [Fact]
    public async Task ChangeFactsAsync_ManyAtOnce_LosesNone()
    {
        var timings = new SignalSettingsTable(Tables);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => timings.ChangeFactsAsync(
            Shop,
            facts => facts with { PriceRises = facts.PriceRises.SetItem($"item {number}", new(new(1, "EUR"), new(2, "EUR"), Noon)) },
            TestContext.Current.CancellationToken)));

        Assert.Equal(5, (await timings.FactsAsync(Shop, TestContext.Current.CancellationToken)).PriceRises.Count);
    }

    [Fact]
    public async Task AddAsync_AnswersFromManySides_AddUpByMonth()
    {
        var answers = new OfferAnswerTable(Tables);
        var one = new Dictionary<string, AnswerCounts> { ["offer:cup"] = new(1, 0, 1, 0, 0) };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => answers.AddAsync(Shop, March, one, TestContext.Current.CancellationToken)));

        Assert.Equal(new AnswerCounts(8, 0, 8, 0, 0), (await answers.ReadAsync(Shop, March, TestContext.Current.CancellationToken))["offer:cup"]);
        Assert.Empty(await answers.ReadAsync(Shop, April, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DueAsync_Looks_AreThoseWhoseTimeHasComeUntilTheyAreRemoved()
    {
        var schedule = new OfferScheduleTable(Tables);
        ScheduledLook[] looks = [new(Ann, Noon.AddDays(7)), new(new("bob/1"), Noon.AddDays(1)), new(Ann, Noon.AddDays(1))];
        await schedule.AddAsync(Shop, looks, TestContext.Current.CancellationToken);
        await schedule.AddAsync(Shop, looks, TestContext.Current.CancellationToken);

        Assert.Empty(await schedule.DueAsync(Shop, Noon.AddDays(1).AddTicks(-1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        var due = await schedule.DueAsync(Shop, Noon.AddDays(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await schedule.RemoveAsync(Shop, due, TestContext.Current.CancellationToken);

        Assert.Equal(looks[1..].OrderBy(look => look.Customer.Value), due.OrderBy(look => look.Customer.Value));
        Assert.Equal([looks[0]], await schedule.DueAsync(Shop, Noon.AddDays(8), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DueAsync_LooksFromBeforeTheHourWasPartOfTheKey_AreFoundAndRemovedAsWell()
    {
        var schedule = new OfferScheduleTable(Tables);
        await schedule.AddAsync(Shop, [new(new("bob"), Noon)], TestContext.Current.CancellationToken);
        await Tables.GetTableClient("OfferSchedule").AddEntityAsync(
            new TableEntity(Shop.Value, $"{Noon.UtcTicks:D19}|ann") { ["Customer"] = "ann", ["Ticks"] = Noon.UtcTicks }, TestContext.Current.CancellationToken);

        var due = await schedule.DueAsync(Shop, Noon, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        await schedule.RemoveAsync(Shop, due, TestContext.Current.CancellationToken);

        Assert.Equal(["ann", "bob"], due.Select(look => look.Customer.Value));
        Assert.Empty(await schedule.DueAsync(Shop, Noon.AddYears(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DueAsync_ShopWhoseNameBeginsAnothers_GetsItsOwnLooksOnly()
    {
        var (schedule, longer) = (new OfferScheduleTable(Tables), ShopId.From($"{Shop}x"));
        await schedule.AddAsync(longer, [new(Ann, Noon)], TestContext.Current.CancellationToken);

        Assert.Empty(await schedule.DueAsync(Shop, Noon.AddDays(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Single(await schedule.DueAsync(longer, Noon.AddMinutes(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAsync_SignalLog_HasWhatArrivedInThoseHours()
    {
        var log = new SignalLog(new BlobServiceClient(azurite.NewAccount()));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => log.AppendAsync(
            Shop, [new PaymentFailed { Id = $"{number}a", Customer = Ann, At = Noon }, new PaymentFailed { Id = $"{number}b", Customer = Ann, At = Noon }], Noon.AddHours(number % 2), TestContext.Current.CancellationToken)));

        var first = await log.ReadAsync(Shop, Noon, Noon, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var both = await log.ReadAsync(Shop, Noon, Noon.AddHours(1), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal((20, 40), (first.Count, both.DistinctBy(signal => signal.Id).Count()));
        Assert.Empty(await log.ReadAsync(ShopId.From("tea.example"), Noon, Noon, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ReadAsync_SignalLogThatGrowsMeanwhile_HasAllThatWasThere()
    {
        var log = new SignalLog(new BlobServiceClient(azurite.NewAccount()));
        var appending = Task.Run(
            async () =>
            {
                for (var number = 0; number < 300; number++)
                {
                    await log.AppendAsync(Shop, [new PaymentFailed { Id = $"{number}", Customer = Ann, At = Noon }], Noon, TestContext.Current.CancellationToken);
                }
            },
            TestContext.Current.CancellationToken);

        var counts = new List<int>();
        do
        {
            counts.Add(await log.ReadAsync(Shop, Noon, Noon, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
        }
        while (!appending.IsCompleted);
        await appending;

        Assert.Equal(counts.Order(), counts);
        Assert.Equal(300, await log.ReadAsync(Shop, Noon, Noon, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
    }
}
