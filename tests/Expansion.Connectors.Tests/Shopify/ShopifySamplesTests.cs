using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Shopify;

/// <summary>Real bodies; the facts were read from the files by eye.</summary>
public sealed class ShopifySamplesTests
{
    [Theory]
    [InlineData("webhooks/orders_create.json")]
    [InlineData("raw/orders_create.body")]
    public void MapOrder_DocumentedSample_CountsForNothingAndKeepsItsLines(string file)
    {
        var order = ShopifyOrderMapper.MapOrder(Sample(file), null);

        Assert.Equal("820982911946154508", order.Id.Value);
        Assert.Equal(new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero), order.UpdatedAt);
        Assert.True(order.Cancelled);
        Assert.Empty(order.Basket);
        Assert.Equal(["SKU2006-001", "LENS-PROTECT-2YR", "CASE-LEATHER-PREM", "SKU2006-020", "SKU2006-035"], order.Lines.Select(line => line.Sku.Value));
        Assert.Equal(new Money(159.99m, "USD"), order.Lines[3].UnitPrice);
    }

    [Fact]
    public void MapOrder_CapturedDelivery_HasNoCustomerAndKeysByVariant()
    {
        var order = ShopifyOrderMapper.MapOrder(Sample("captured/orders_create_hkd_devstore.json"), null);

        Assert.Null(order.CustomerId);
        Assert.False(order.Cancelled);
        Assert.Equal(["variant:50398373085484", "variant:50451770802476", "variant:50460159082796", "variant:50466449883436"], order.Lines.Select(line => line.Sku.Value));
        Assert.Equal("aaa0103測試商品11aa", order.Lines[0].Title);
        Assert.Equal([91.61m, 97.46m, 97.46m, 97.47m], order.Lines.Select(line => line.UnitPrice.Amount));
        Assert.Equal(new DateTimeOffset(2025, 1, 23, 6, 56, 1, TimeSpan.Zero), order.UpdatedAt);
    }

    [Fact]
    public void MapOrder_PartiallyRefunded_KeepsTheOneLineThatWasNot()
    {
        var body = JsonNode.Parse(Sample("rest/order_partially_refunded.json"))!["order"]!.ToJsonString();

        var order = ShopifyOrderMapper.MapOrder(Encoding.UTF8.GetBytes(body), null);

        Assert.Equal([new Sku("IPOD2008RED")], order.Basket);
        Assert.Equal(195.67m, order.Lines.Single(line => line.Kept > 0).UnitPrice.Amount);
    }

    [Theory]
    [InlineData("webhooks/refunds_create.json")]
    [InlineData("raw/refunds_create.body")]
    public void MapRefund_DocumentedSample_NamesItsOrderAndLines(string file)
    {
        var refund = ShopifyOrderMapper.MapRefund(Sample(file));

        Assert.Equal("820982911946154508", refund.OrderId.Value);
        Assert.Equal("890088186047892319", refund.Id);
        Assert.All(refund.Lines, line => Assert.Equal(1, line.Quantity));
        Assert.Equal(
            ["487817672276298554", "789012345678901234", "890123456789012345", "976318377106520349", "315789986012684393"],
            refund.Lines.Select(line => line.LineId));
    }

    private static byte[] Sample(string file)
    {
        var path = SharedMaterial.Find("integrations/samples/shopify/" + file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        return File.ReadAllBytes(path);
    }
}
