using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Testing.Shopify;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyOrderMapperTests
{
    [Fact]
    public void MapOrder_IdsOfEighteenDigits_AreExactText()
    {
        var order = Map(Order(820982911946154508, Line(487817672276298554, "A")));

        Assert.Equal(new OrderId("820982911946154508"), order.Id);
        Assert.Equal(new CustomerId("115310627314723954"), order.CustomerId);
        Assert.Equal("487817672276298554", order.Lines[0].Id);
    }

    [Fact]
    public void MapOrder_TimesWithOffset_AreUtc()
    {
        var order = Map(Order(1));

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), order.OrderedAt);
        Assert.Equal(TimeSpan.Zero, order.OrderedAt.Offset);
        Assert.Equal(TimeSpan.Zero, order.UpdatedAt.Offset);
    }

    [Theory]
    [InlineData("A-1", 7L, 8L, "A-1")]
    [InlineData("  A-1 ", 7L, 8L, "A-1")]
    [InlineData("", 7L, 8L, "variant:7")]
    [InlineData("   ", 7L, 8L, "variant:7")]
    [InlineData(null, 7L, 8L, "variant:7")]
    [InlineData(null, null, 8L, "product:8")]
    [InlineData("größe/42 # ? \\ 測試 ☕", null, null, "größe/42 # ? \\ 測試 ☕")]
    public void MapOrder_Line_IsKeyedBySkuElseVariantElseProduct(string? sku, long? variant, long? product, string expected)
    {
        var line = Line(1, sku);
        (line["variant_id"], line["product_id"]) = (variant, product);

        Assert.Equal(new Sku(expected), Assert.Single(Map(Order(1, line)).Lines).Sku);
    }

    [Fact]
    public void MapOrder_SkuOfMoreThan255Characters_FallsBackToTheVariant()
    {
        var line = Line(1, new string('x', 256));
        line["variant_id"] = 7;

        Assert.Equal(new Sku("variant:7"), Assert.Single(Map(Order(1, line)).Lines).Sku);
    }

    [Fact]
    public void MapOrder_LineWithoutAnyKey_IsLeftOut() => Assert.Equal([new Sku("A")], Map(Order(1, Line(1, null), Line(2, "A"))).Basket);

    [Fact]
    public void MapOrder_DiscountAllocations_ComeOffTheUnitPrice()
    {
        var line = Line(1, "A", quantity: 3, price: "10.00");
        line["discount_allocations"] = new JsonArray(new JsonObject { ["amount"] = "2.39" }, new JsonObject { ["amount"] = "5.00" });

        Assert.Equal(new Money(7.5367m, "USD"), Map(Order(1, line)).Lines[0].UnitPrice);
    }

    [Fact]
    public void MapOrder_DiscountOverThePrice_IsZero()
    {
        var line = Line(1, "A", price: "1");
        line["discount_allocations"] = new JsonArray(new JsonObject { ["amount"] = "2.00" });

        Assert.Equal(0, Map(Order(1, line)).Lines[0].UnitPrice.Amount);
    }

    [Theory]
    [InlineData(3, 0, 0)]
    [InlineData(3, 2, 2)]
    [InlineData(3, null, 3)]
    public void MapOrder_CurrentQuantity_IsWhatIsKept(int quantity, int? current, int kept)
    {
        var line = Line(1, "A", quantity);
        line["current_quantity"] = current;

        var mapped = Map(Order(1, line)).Lines[0];

        Assert.Equal((quantity, kept), (mapped.Quantity, mapped.Kept));
    }

    [Fact]
    public void MapOrder_RefundsInTheOrderAndNoCurrentQuantity_AreTakenOff()
    {
        var (line, other) = (Line(1, "A", 2), Line(2, "B", 2));
        line.Remove("current_quantity");
        other.Remove("current_quantity");
        var body = Order(9, line, other);
        body["refunds"] = new JsonArray(Refund(5, 9, (1, 2)), Refund(6, 9, (2, 1)));

        var order = Map(body);

        Assert.Equal([0, 1], order.Lines.Select(mapped => mapped.Kept));
        Assert.Equal([new Sku("B")], order.Basket);
    }

    [Theory]
    [InlineData("cancelled_at", "\"2026-03-02T00:00:00Z\"", true)]
    [InlineData("test", "true", true)]
    [InlineData("financial_status", "\"voided\"", true)]
    [InlineData("financial_status", "\"refunded\"", true)]
    [InlineData("financial_status", "\"partially_refunded\"", false)]
    [InlineData("financial_status", "null", false)]
    [InlineData("test", "null", false)]
    public void MapOrder_State_DecidesWhetherItCounts(string property, string value, bool cancelled)
    {
        var body = Order(1, Line(1, "A"));
        body[property] = JsonNode.Parse(value);

        var order = Map(body);

        Assert.Equal(cancelled, order.Cancelled);
        Assert.Equal(cancelled ? 0 : 1, order.Basket.Count);
    }

    [Theory]
    [InlineData("2026-03-01T10:00:05Z", "2026-03-01T10:00:05.25Z", "2026-03-01T10:00:05.25Z")]
    [InlineData("2026-03-01T10:00:05Z", "2026-03-01T10:00:09Z", "2026-03-01T10:00:05.9999999Z")]
    [InlineData("2026-03-01T10:00:05Z", "2026-03-01T10:00:01Z", "2026-03-01T10:00:05Z")]
    [InlineData("2026-03-01T10:00:05Z", null, "2026-03-01T10:00:05Z")]
    [InlineData(null, "2026-03-01T10:00:09Z", "2026-03-01T10:00:09Z")]
    [InlineData(null, null, "2026-03-01T10:00:00Z")]
    public void MapOrder_UpdatedAt_IsOrderedWithinItsSecondByTheTimeOfSending(string? updated, string? triggered, string expected)
    {
        var body = Order(1);
        body["updated_at"] = updated;

        var order = ShopifyOrderMapper.MapOrder(body.Bytes(), triggered is null ? null : Utc(triggered));

        Assert.Equal(Utc(expected), order.UpdatedAt);
    }

    [Fact]
    public void MapOrder_OnlyWhatIsNeeded_IsEnough()
    {
        var order = Map("""{"id":1,"created_at":"2026-03-01T10:00:00Z","currency":"JPY","line_items":[{"sku":"A","quantity":2,"price":"1000"},null]}""");

        Assert.Null(order.CustomerId);
        var line = Assert.Single(order.Lines);
        Assert.Equal(new OrderLine(new Sku("A"), 2, 2, new Money(1000, "JPY")), line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html/>")]
    [InlineData("""{"id":1""")]
    [InlineData("""{"id":1.5,"created_at":"2026-03-01T10:00:00Z","currency":"USD","line_items":[]}""")]
    [InlineData("""{"id":1,"created_at":"soon","currency":"USD","line_items":[]}""")]
    [InlineData("""{"id":1,"created_at":"2026-03-01T10:00:00Z","currency":"USD"}""")]
    [InlineData("""{"id":1,"created_at":"2026-03-01T10:00:00Z","currency":"USD","line_items":null}""")]
    [InlineData("""{"id":1,"created_at":"2026-03-01T10:00:00Z","currency":"USD","line_items":[{"sku":"A","quantity":9999999999}]}""")]
    [InlineData("""{"id":1,"created_at":"2026-03-01T10:00:00Z","currency":"USD","line_items":[{"sku":"\ud800","quantity":1}]}""")]
    public void MapOrder_NoOrder_IsAJsonException(string body) => Assert.ThrowsAny<JsonException>(() => Map(body));

    [Fact]
    public void MapOrder_BytesThatAreNoUtf8_IsAJsonException()
    {
        var body = Order(1, Line(1, "XYZ")).Bytes();
        body[body.AsSpan().IndexOf("XYZ"u8)] = 0xFF;

        Assert.ThrowsAny<JsonException>(() => ShopifyOrderMapper.MapOrder(body, null));
    }

    [Fact]
    public void MapRefund_LinesAndMoneyAsNumbers_AreLineIdsAndQuantities()
    {
        var refund = ShopifyOrderMapper.MapRefund(Refund(890088186047892319, 820982911946154508, (487817672276298554, 2), (1, 0)).Bytes());

        Assert.Equal(("890088186047892319", new OrderId("820982911946154508")), (refund.Id, refund.OrderId));
        Assert.Equal([new RefundLine("487817672276298554", 2)], refund.Lines);
    }

    [Fact]
    public void MapRefund_OfAnOrdersBody_IsAJsonException() => Assert.ThrowsAny<JsonException>(() => ShopifyOrderMapper.MapRefund(Order(1).Bytes()));

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Order Map(JsonObject body) => ShopifyOrderMapper.MapOrder(body.Bytes(), null);

    private static Order Map(string body) => ShopifyOrderMapper.MapOrder(Encoding.UTF8.GetBytes(body), null);
}
