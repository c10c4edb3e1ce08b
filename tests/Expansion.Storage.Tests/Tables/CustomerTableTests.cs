using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class CustomerTableTests(AzuriteFixture azurite)
{
    private static readonly CustomerId Ann = new("ann");
    private static readonly CustomerId Bob = new("gid://shop/bob?#1");

    [Fact]
    public async Task FindAsync_Nobody_IsNew()
    {
        var found = Assert.Single(await NewTable().FindAsync(Shop, [Ann], TestContext.Current.CancellationToken));

        Assert.Equal((Ann, null), (found.Record.State.Customer, found.Version));
    }

    [Fact]
    public async Task SaveAsync_EverythingKnown_IsReadBackAsItWas()
    {
        var table = NewTable();
        var made = new MadeOffer("1", Noon, OfferKind.CrossSell, "cup", "cup", Touchpoint.CartPage, new(ValueProposition.Saving, PricingFrame.Plain, "cart_page"), "o") { CartTotal = new(5, "EUR") };
        var record = CustomerRecord.New(Bob).With(Signals, TimeZoneInfo.Utc).With(new Decision("1", Bob, Noon, Touchpoint.CartPage, null, "Silent.") { Made = made }) with { DueAt = Noon };

        Assert.Empty(await table.SaveAsync(Shop, [new(record, null)], TestContext.Current.CancellationToken));

        var read = Assert.Single(await table.FindAsync(Shop, [Bob], TestContext.Current.CancellationToken)).Record;
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(record, ExpansionJson.Options),
            System.Text.Json.JsonSerializer.Serialize(read, ExpansionJson.Options));
        Assert.Same(read.State, read.With(Signals, TimeZoneInfo.Utc).State);
    }

    [Fact]
    public async Task SaveAsync_ChangedSinceItWasRead_IsNotSavedNorIsWhoseWriteItShared()
    {
        var table = NewTable();
        var others = Enumerable.Range(0, 100).Select(number => new CustomerId($"c{number}")).ToLookup(customer => CustomerParts.Of(customer) == CustomerParts.Of(Ann));
        var (near, far) = (others[true].First(), others[false].First());
        var before = await table.FindAsync(Shop, [Ann, near, far], TestContext.Current.CancellationToken);
        Assert.Empty(await table.SaveAsync(Shop, [Due(before[0], 1)], TestContext.Current.CancellationToken));

        var unsaved = await table.SaveAsync(Shop, [.. before.Select(customer => Due(customer, 2))], TestContext.Current.CancellationToken);

        Assert.Equal([Ann, near], unsaved.Select(customer => customer.Record.State.Customer));
        var after = await table.FindAsync(Shop, [Ann, near, far], TestContext.Current.CancellationToken);
        Assert.Equal([Noon.AddHours(1), null, Noon.AddHours(2)], after.Select(customer => customer.Record.DueAt));
        Assert.Empty(await table.SaveAsync(Shop, [Due(after[0], 3)], TestContext.Current.CancellationToken));
        Assert.Single(await table.SaveAsync(Shop, [Due(after[0], 4)], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SaveAsync_MoreThanATransactionTakes_SavesAll()
    {
        var table = NewTable();
        var many = Enumerable.Range(0, 150).Select(number => new StoredCustomer(CustomerRecord.New(new($"c{number}")), null)).ToList();

        Assert.Empty(await table.SaveAsync(Shop, many, TestContext.Current.CancellationToken));

        Assert.All(await table.FindAsync(Shop, [.. many.Select(customer => customer.Record.State.Customer)], TestContext.Current.CancellationToken), customer => Assert.NotNull(customer.Version));
    }

    private static Signal[] Signals =>
    [
        new OrderPlaced(new("1"), new(20, "EUR"), [new("beans")]) { Id = "o", Customer = Bob, At = Noon },
        new TicketOpened("t", TicketSeverity.High) { Id = "t", Customer = Bob, At = Noon },
        new TicketResolved("t", 4) { Id = "r", Customer = Bob, At = Noon },
        new UsageRecorded("calls", 5, 80, 100) { Id = "u", Customer = Bob, At = Noon },
        new FeatureUsed("export") { Id = "f", Customer = Bob, At = Noon },
        new SubscriptionStarted(new("Basic", Features: ["a"], Limits: new Dictionary<string, double> { ["calls"] = 100 }), Noon.AddDays(30)) { Id = "s", Customer = Bob, At = Noon },
        new PriceChanged("Basic", new(29, "EUR"), new(35, "EUR")) { Id = "p", Customer = Bob, At = Noon },
        new OfferOptedOut(Channel.Email) { Id = "x", Customer = Bob, At = Noon },
        new HealthScoreSet(55) { Id = "h", Customer = Bob, At = Noon },
    ];

    private static StoredCustomer Due(StoredCustomer customer, int hours) => customer with { Record = customer.Record with { DueAt = Noon.AddHours(hours) } };

    private CustomerTable NewTable() => new(new TableServiceClient(azurite.NewAccount()));
}
