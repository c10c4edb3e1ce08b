using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Outbox;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class OutboxTableTests(AzuriteFixture azurite)
{
    private static readonly OutboxItem Item = new(Given.Shop, "webhook:crm", "evt/1?#", "{}", Given.Noon);

    private readonly TableServiceClient _tables = new(azurite.NewAccount());

    [Fact]
    public async Task TryAddAsync_Twice_IsOneItemThatIsLookedAt()
    {
        var outbox = new OutboxTable(_tables);

        Assert.True(await outbox.TryAddAsync(Item, Given.Noon.AddMinutes(2), default));
        Assert.False(await outbox.TryAddAsync(Item with { Body = "other" }, Given.Noon.AddMinutes(2), default));

        Assert.Equal("{}", (await outbox.FindAsync(OutboxKey.Of(Item), default))!.Item.Body);
        Assert.Empty(await outbox.DueAsync(Given.Shop, Given.Noon.AddMinutes(1), default).ToListAsync());
        var look = Assert.Single(await outbox.DueAsync(Given.Shop, Given.Noon.AddMinutes(2), default).ToListAsync());
        Assert.Equal((OutboxKey.Of(Item), Given.Noon.AddMinutes(2)), (look.Key, look.At));
        await outbox.RemoveAsync(look, default);
        Assert.Empty(await outbox.DueAsync(Given.Shop, Given.Noon.AddDays(1), default).ToListAsync());
    }

    [Fact]
    public async Task TrySaveAsync_OfTwoWhoRead_OneWins()
    {
        var outbox = new OutboxTable(_tables);
        await outbox.TryAddAsync(Item, Given.Noon, default);
        var read = (await outbox.FindAsync(OutboxKey.Of(Item), default))!;

        Assert.True(await outbox.TrySaveAsync(read with { Item = read.Item.Begin(Given.Noon.AddMinutes(5)) }, default));
        Assert.False(await outbox.TrySaveAsync(read with { Item = read.Item.Begin(Given.Noon.AddMinutes(6)) }, default));

        Assert.Equal(Given.Noon.AddMinutes(5), (await outbox.FindAsync(OutboxKey.Of(Item), default))!.Item.NextAt);
    }

    [Fact]
    public async Task DeadAsync_OneThatWasRevived_IsNotListedAnyMore()
    {
        var outbox = new OutboxTable(_tables);
        foreach (var item in new[] { Item, Item with { Id = "evt2", CreatedAt = Given.Noon.AddHours(1) } })
        {
            await outbox.TryAddAsync(item, Given.Noon, default);
            var read = (await outbox.FindAsync(OutboxKey.Of(item), default))!;
            await outbox.TrySaveAsync(read with { Item = read.Item.Kill("Gone.") }, default);
        }

        Assert.Equal(["evt2", "evt/1?#"], await outbox.DeadAsync(Given.Shop, default).Select(item => item.Id).ToListAsync());
        var dead = (await outbox.FindAsync(OutboxKey.Of(Item), default))!;
        await outbox.TrySaveAsync(dead with { Item = dead.Item.Revive(Given.Noon) }, default);

        Assert.Equal(["evt2"], await outbox.DeadAsync(Given.Shop, default).Select(item => item.Id).ToListAsync());
        Assert.Empty(await outbox.DeadAsync(ShopId.From("other.example"), default).ToListAsync());
    }

    [Fact]
    public async Task Contacts_WordsInAnyOrder_KeepTheNewestOfEach()
    {
        var contacts = new ContactTable(_tables);
        await contacts.SaveAsync(Given.Shop, new(new("c/1"), Given.Noon) { Email = "a@example.com", EmailConsent = true }, default);
        await contacts.SaveAsync(Given.Shop, new(new("c/1"), Given.Noon.AddHours(1)) { Name = "Ada" }, default);
        await contacts.SaveAsync(Given.Shop, new(new("c/1"), Given.Noon.AddMinutes(1)) { Email = "old@example.com" }, default);

        Assert.Equal(new(new("c/1"), Given.Noon.AddHours(1)) { Email = "a@example.com", Name = "Ada", EmailConsent = true }, await contacts.FindAsync(Given.Shop, new("c/1"), default));
        await contacts.DeleteAsync(Given.Shop, new("c/1"), default);
        Assert.Null(await contacts.FindAsync(Given.Shop, new("c/1"), default));
    }

    [Fact]
    public async Task RecurringRevenue_ManyAtOnce_LosesNothingAndKeepsShopsApart()
    {
        var revenue = new RecurringRevenueTable(_tables);

        await Task.WhenAll(Enumerable.Range(1, 5).Select(day => revenue.AddAsync(Given.Shop, "sub_1", new("c"), new(Given.Noon.AddDays(day), new(day, "EUR")), default)));
        await revenue.AddAsync(Given.Shop, "sub_2", new("c"), new(Given.Noon, new(1, "EUR")), default);

        Assert.Equal([5, 1], await revenue.ReadAsync(Given.Shop, default).OrderBy(subscription => subscription.Subscription).Select(subscription => subscription.Levels.Count).ToListAsync());
        Assert.Empty(await revenue.ReadAsync(ShopId.From("other.example"), default).ToListAsync());
    }
}
