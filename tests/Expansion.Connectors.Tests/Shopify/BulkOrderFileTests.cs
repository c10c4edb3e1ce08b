using System.Text;
using Expansion.Connectors.Shopify.Admin;
using Expansion.Engine.Orders;
using Expansion.Testing;
using Expansion.Testing.Fakes;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class BulkOrderFileTests
{
    private const string Order = """{"id":"gid:\/\/shopify\/Order\/1","createdAt":"2026-05-01T13:58:12Z","updatedAt":"2026-05-02T00:00:00Z","currencyCode":"USD","customer":{"id":"gid:\/\/shopify\/Customer\/7"}}""";

    [Theory]
    [InlineData("orders_grouped.jsonl")]
    [InlineData("orders_ungrouped.jsonl")]
    public void Lines_OfARecordedFile_AreTheSameInEitherOrder(string name)
    {
        var file = SharedMaterial.Find($"integrations/samples/shopify/bulk/{name}");
        Assert.SkipWhen(file is null, SharedMaterial.Missing);
        var rejects = new RejectList();

        var lines = Read(File.ReadAllText(file!), rejects).OrderBy(line => line.Sku).ToList();

        Assert.Empty(rejects);
        Assert.Equal(
            [("5001000000001", "MUG", 1, true, "7001", 10.00m), ("5001000000001", "TEE-BLK-S", 2, false, "7001", 9.99m)],
            lines.Select(line => (line.OrderId.Value, line.Sku.Value, line.Quantity, line.Refunded, line.CustomerId!.Value.Value, line.UnitPrice!.Value)));
        Assert.All(lines, line => Assert.Equal((new DateTimeOffset(2026, 5, 1, 13, 58, 12, TimeSpan.Zero), "USD"), (line.OrderedAt, line.Currency)));
    }

    [Theory]
    [InlineData("\"cancelledAt\":\"2026-05-02T00:00:00Z\"", true, false)]
    [InlineData("\"test\":true", true, false)]
    [InlineData("\"displayFinancialStatus\":\"VOIDED\"", true, false)]
    [InlineData("\"displayFinancialStatus\":\"REFUNDED\"", false, true)]
    [InlineData("\"displayFinancialStatus\":\"PAID\",\"cancelledAt\":null,\"test\":false,\"newField\":{}", false, false)]
    public void Lines_OfAnOrdersState_CountOrDont(string state, bool cancelled, bool refunded)
    {
        var line = Assert.Single(Read($"{Order[..^1]},{state}}}\n{Item("\"sku\":\"A\",\"quantity\":1")}"));

        Assert.Equal((cancelled, refunded), (line.Cancelled, line.Refunded));
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 0, 0, 0, TimeSpan.Zero), line.UpdatedAt);
    }

    [Fact]
    public void Lines_PartlySentBack_KeepTheRest() =>
        Assert.Equal(2, Assert.Single(Read($"{Order}\n{Item("\"sku\":\"A\",\"quantity\":3,\"currentQuantity\":2")}")).Quantity);

    [Fact]
    public void Lines_WithoutSku_AreKeyedByVariant() =>
        Assert.Equal("variant:48002", Assert.Single(Read($"{Order}\n{Item("\"sku\":\"\",\"quantity\":1,\"variant\":{\"id\":\"gid://shopify/ProductVariant/48002\"}")}")).Sku.Value);

    [Fact]
    public void Lines_ThatAreGarbage_AreRejectedWithTheirNumber()
    {
        var rejects = new RejectList();

        var lines = Read($"{Order}\n<html>\n{Item("\"sku\":\"A\"")}\n{Item("\"sku\":\"B\",\"quantity\":1").Replace("Order/1", "Order/2", StringComparison.Ordinal)}\n{Item("\"sku\":\"C\",\"quantity\":1")}\n{{\"id\":", rejects);

        Assert.Equal("C", Assert.Single(lines).Sku.Value);
        Assert.Equal([2, 3, 4, 6], rejects.Select(reject => reject.Line).Order());
    }

    private static string Item(string facts) => $$"""{"id":"gid://shopify/LineItem/11",{{facts}},"__parentId":"gid://shopify/Order/1"}""";

    private static List<ImportedLine> Read(string text, RejectList? rejects = null)
    {
        using var file = new BulkOrderFile(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return [.. file.Lines(rejects ?? [])];
    }
}
