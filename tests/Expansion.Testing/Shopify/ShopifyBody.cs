using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Expansion.Testing.Shopify;

/// <summary>Bodies in Shopify's form, compact and with every slash escaped, as on the wire.</summary>
public static class ShopifyBody
{
    public static JsonObject Order(long id, params JsonObject[] lines) => new()
    {
        ["id"] = id,
        ["admin_graphql_api_id"] = $"gid://shopify/Order/{id}",
        ["cancelled_at"] = null,
        ["created_at"] = "2026-03-01T05:00:00-05:00",
        ["updated_at"] = "2026-03-01T05:00:00-05:00",
        ["currency"] = "USD",
        ["customer"] = new JsonObject { ["id"] = 115310627314723954 },
        ["financial_status"] = "paid",
        ["line_items"] = new JsonArray([.. lines]),
        ["refunds"] = new JsonArray(),
        ["test"] = false,
    };

    public static JsonObject Line(long id, string? sku, int quantity = 1, int? current = null, string price = "10.00") => new()
    {
        ["id"] = id,
        ["current_quantity"] = current ?? quantity,
        ["discount_allocations"] = new JsonArray(),
        ["name"] = $"Product {id}",
        ["price"] = price,
        ["product_id"] = null,
        ["quantity"] = quantity,
        ["sku"] = sku,
        ["title"] = $"Title {id}",
        ["variant_id"] = null,
    };

    public static JsonObject Refund(long id, long orderId, params (long LineId, int Quantity)[] lines) => new()
    {
        ["id"] = id,
        ["order_id"] = orderId,
        ["refund_line_items"] = new JsonArray(
        [
            .. lines.Select(line => new JsonObject { ["line_item_id"] = line.LineId, ["quantity"] = line.Quantity, ["subtotal"] = 19.99, ["total_tax"] = 0 }),
        ]),
    };

    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static byte[] Bytes(this JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString().Replace("/", "\\/", StringComparison.Ordinal));
}
