using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Tests.Recommendations.Serving;

public sealed class PurchaseFileTests
{
    [Fact]
    public void Find_EveryCustomerWritten_IsReadBackByTheIndexAlone()
    {
        var customers = Enumerable.Range(0, 500).ToDictionary(n => $"kunde-{n} ☕", n => new List<PastPurchase> { new(Day(n), [new($"sku-{n}")]), new(Day(0), [new("first")]) });
        using var file = new MemoryStream();
        using var saved = new MemoryStream();
        PurchaseFile.Write(file, customers).Save(saved);
        var index = PurchaseIndex.Load(saved.ToArray());

        Assert.Equal((500, 500 * 20L), (index.Count, saved.Length));
        Assert.All(customers, customer => Assert.Equal(
            customer.Value.OrderBy(purchase => purchase.At).Select(purchase => purchase.Skus[0]), Read(file, index, customer.Key).Select(purchase => purchase.Skus[0])));
        Assert.Null(index.Find(new("nobody")));
        Assert.Null(PurchaseIndex.Empty.Find(new("nobody")));
    }

    [Fact]
    public void Write_MoreOrdersThanAreKept_KeepsTheLatest()
    {
        using var file = new MemoryStream();
        var index = PurchaseFile.Write(file, [KeyValuePair.Create("c", Enumerable.Range(0, 80).Select(n => new PastPurchase(Day(n), [new($"{n}")])).ToList())]);

        var read = Read(file, index, "c");

        Assert.Equal((50, "30", "79"), (read.Count, read[0].Skus[0].Value, read[^1].Skus[0].Value));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Blank_OneOfThree_LeavesTheOthersWhereTheyWere(int gone)
    {
        string[] customers = ["7", "77", "Zoë \"{customer}\""];
        using var stream = new MemoryStream();
        var index = PurchaseFile.Write(stream, customers.Select(customer => KeyValuePair.Create(customer, new List<PastPurchase> { new(null, [new($"of {customer}")]) })));
        var file = stream.ToArray();

        Assert.True(PurchaseFile.Blank(file, new(customers[gone])));

        Assert.All(customers.Index(), customer =>
        {
            var place = index.Find(new(customer.Item))!.Value;
            var purchases = PurchaseFile.Read(file.AsSpan((int)place.Offset, place.Length), new(customer.Item));
            Assert.Equal(customer.Index == gone ? [] : [new Sku($"of {customer.Item}")], purchases.SelectMany(purchase => purchase.Skus));
        });
        Assert.False(PurchaseFile.Blank(file, new(customers[gone])));
    }

    [Fact]
    public void Read_AnotherCustomersPart_SaysNothing()
    {
        using var file = new MemoryStream();
        PurchaseFile.Write(file, [KeyValuePair.Create("c", new List<PastPurchase> { new(Day(0), [new("a")]) })]);

        Assert.Empty(PurchaseFile.Read(file.ToArray(), new("d")));
    }

    private static DateTimeOffset Day(int day) => DateTimeOffset.UnixEpoch.AddDays(day);

    private static IReadOnlyList<PastPurchase> Read(MemoryStream file, PurchaseIndex index, string customer)
    {
        var place = index.Find(new(customer))!.Value;
        return PurchaseFile.Read(file.ToArray().AsSpan((int)place.Offset, place.Length), new(customer));
    }
}
