using System.Globalization;
using Expansion.Connectors.Tests.Csv;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Shopify.Csv;

public sealed class ShopifyCsvFormatTests
{
    private const string Header = "Name,Email,Financial Status,Paid at,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem SKU,Canceled at,Id,Lineitem discount\n";

    [Fact]
    public void Read_TheSampleExport_GivesItsOrders()
    {
        var path = SharedMaterial.Find("integrations/samples/shopify/csv/orders_export.csv");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);

        var (lines, rejects, _) = OrderText.Read(File.ReadAllBytes(path));

        Assert.Empty(rejects);
        Assert.Equal(
            [
                ("5001000000001", "TEE-BLK-S", 2, 9.99m, "USD"), ("5001000000001", "MUG", 1, 10.00m, "USD"),
                ("5001000000002", "Snowboard Limited", 1, 40.00m, "USD"), ("5001000000003", "KAESE", 1, 7.50m, "EUR"),
            ],
            lines.Select(line => (line.OrderId.Value, line.Sku.Value, line.Quantity, line.UnitPrice!.Value, line.Currency)));
        Assert.Equal([false, false, false, true], lines.Select(line => line.Cancelled));
        Assert.Equal(Time("2026-05-01T13:58:12Z"), lines[1].OrderedAt);
        Assert.Equal(Time("2026-05-02T13:00:00Z"), lines[1].UpdatedAt);
        Assert.Equal(lines[0].CustomerId, lines[1].CustomerId);
        Assert.NotEqual(lines[0].CustomerId, lines[2].CustomerId);
        Assert.Null(lines[3].CustomerId);
        Assert.DoesNotContain("@", lines[0].CustomerId!.Value.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paid", "", false, false)]
    [InlineData("partially_refunded", "", false, false)]
    [InlineData("refunded", "", false, true)]
    [InlineData("voided", "", true, false)]
    [InlineData("paid", "2026-05-03 10:00:00 +0200", true, false)]
    public void Read_StatusAndCancellation_DecideWhetherTheOrderCounts(string status, string cancelledAt, bool cancelled, bool refunded)
    {
        var line = Assert.Single(OrderText.Read($"{Header}#1,a@example.com,{status},,USD,2026-05-01 10:00:00 +0200,1,Mug,5,MUG,{cancelledAt},11,\n").Lines);

        Assert.Equal((cancelled, refunded), (line.Cancelled, line.Refunded));
        Assert.Equal(Time(cancelled && status == "paid" ? "2026-05-03T08:00:00Z" : "2026-05-01T08:00:00Z"), line.UpdatedAt);
    }

    [Fact]
    public void Read_LineDiscount_IsSpreadOverTheQuantity()
    {
        var line = Assert.Single(OrderText.Read($"{Header}#1,,paid,,USD,2026-05-01 10:00:00 +0200,3,Mug,10,MUG,,11,3\n").Lines);

        Assert.Equal(9m, line.UnitPrice);
    }

    [Fact]
    public void Read_NoIdColumn_TakesTheName()
    {
        var line = Assert.Single(OrderText.Read("Name,Created at,Lineitem quantity,Lineitem name,Financial Status\n#1,2026-05-01,1,Mug,paid\n").Lines);

        Assert.Equal(("#1", "Mug"), (line.OrderId.Value, line.Sku.Value));
    }

    [Fact]
    public void Read_LineWhoseOrderBeganInAnotherFile_IsRejected()
    {
        var (lines, rejects, _) = OrderText.Read(
            $"{Header}#1,a@example.com,,,,2026-05-01 10:00:00 +0200,1,Mug,5,MUG,,,\n#2,,paid,,USD,2026-05-01 10:00:00 +0200,1,Tee,5,TEE,,12,\n");

        Assert.Equal("12", Assert.Single(lines).OrderId.Value);
        Assert.Equal(2, Assert.Single(rejects).Line);
        Assert.Contains("the first line of order #1", rejects[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OrderWhoseFirstLineIsRejected_RejectsItsOtherLines()
    {
        var (lines, rejects, _) = OrderText.Read($"{Header}#1,,paid,,USD,soon,1,Mug,5,MUG,,11,\n#1,,,,,soon,1,Tee,5,TEE,,,\n");

        Assert.Empty(lines);
        Assert.Equal(2, rejects.Count);
        Assert.Contains("was rejected: correct that one", rejects[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FirstItemIsRejected_KeepsTheOrdersOtherItems()
    {
        var (lines, rejects, _) = OrderText.Read($"{Header}#1,,paid,,USD,2026-05-01,0,Mug,5,MUG,,11,\n#1,,,,,2026-05-01,1,Tee,5,TEE,,,\n");

        Assert.Equal("TEE", Assert.Single(lines).Sku.Value);
        Assert.Single(rejects);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
