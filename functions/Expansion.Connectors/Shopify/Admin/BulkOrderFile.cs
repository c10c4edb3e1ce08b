using System.Globalization;
using System.Text;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Shopify.Admin;

/// <summary>
/// The file of a bulk export: an object a line, told apart by the type in its id. A line item may stand far from its order, even before it: those that came too early are kept in a
/// temporary file and read last. In memory stay some hundred bytes an order.
/// </summary>
internal sealed class BulkOrderFile(Stream file) : OrderFile
{
    public const string Format = "shopify-bulk";

    private readonly Dictionary<string, ImportedLine> _orders = new(StringComparer.Ordinal);
    private long _read;

    public override long Read => _read;

    public override IEnumerable<ImportedLine> Lines(IImportRejects rejects)
    {
        using var early = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        using var waiting = new StreamWriter(early, new UTF8Encoding(false), 65_536, leaveOpen: true);
        foreach (var (number, text) in Numbered(file))
        {
            _read++;
            if (Parse(number, text, rejects, waiting) is { } line)
            {
                yield return line;
            }
        }

        waiting.Flush();
        early.Position = 0;
        foreach (var (_, kept) in Numbered(early))
        {
            var number = long.Parse(kept.AsSpan(0, kept.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            if (Parse(number, kept[(kept.IndexOf(' ', StringComparison.Ordinal) + 1)..], rejects, null) is { } line)
            {
                yield return line;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
    }

    private static IEnumerable<(long Number, string Text)> Numbered(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 65_536, leaveOpen: true);
        for (var number = 1L; reader.ReadLine() is { } text; number++)
        {
            if (text.Length > 0)
            {
                yield return (number, text);
            }
        }
    }

    /// <param name="waiting">Takes what comes before its order; null when no order can come any more.</param>
    private ImportedLine? Parse(long number, string text, IImportRejects rejects, StreamWriter? waiting)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var node = json.RootElement;
            var id = node.Text("id");
            if (ShopifyGid.Is(id, "Order"))
            {
                _orders[id!] = Order(node, id!);
            }
            else if (ShopifyGid.Is(id, "LineItem") && node.Text("__parentId") is { } parent)
            {
                if (_orders.TryGetValue(parent, out var order))
                {
                    return Line(node, order);
                }

                waiting?.WriteLine($"{number} {text}");
                if (waiting is null)
                {
                    rejects.Add(number, $"Its order, {parent}, isn't in the file.", text);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            rejects.Add(number, $"It is no object of an export: {exception.Message}", text);
        }

        return null;
    }

    private static ImportedLine Order(JsonElement node, string id)
    {
        var created = Time(node, "createdAt") ?? throw new FormatException("createdAt is missing.");
        var money = node.Text("displayFinancialStatus");
        return new ImportedLine(new(Number(id)), created, default, 0)
        {
            CustomerId = node.Of("customer")?.Text("id") is { } customer ? new CustomerId(Number(customer)) : null,
            UpdatedAt = Time(node, "updatedAt") ?? created,
            Cancelled = node.Text("cancelledAt") is not null || node.Of("test") is { ValueKind: JsonValueKind.True } || money is "VOIDED",
            Refunded = money is "REFUNDED",
            Currency = node.Text("currencyCode") ?? "",
        };
    }

    /// <summary>Null for tips and custom items, which have nothing to be recommended by.</summary>
    private static ImportedLine? Line(JsonElement node, ImportedLine order)
    {
        var quantity = node.Of("quantity")?.GetInt32() ?? throw new FormatException("quantity is missing.");
        var current = node.Of("currentQuantity")?.GetInt32() ?? quantity;
        var price = (node.Of("discountedUnitPriceAfterAllDiscountsSet") ?? node.Of("discountedUnitPriceSet") ?? node.Of("originalUnitPriceSet"))?.Of("shopMoney")?.Text("amount");
        return quantity > 0 && ShopifyOrderMapper.KeyOf(node.Text("sku"), ShopifyGid.Number(node.Of("variant")?.Text("id")), ShopifyGid.Number(node.Of("product")?.Text("id"))) is { } sku
            ? order with
            {
                Sku = sku,
                Quantity = current > 0 ? current : quantity,
                Refunded = order.Refunded || current <= 0,
                UnitPrice = price is null ? null : decimal.Parse(price, NumberStyles.Number, CultureInfo.InvariantCulture),
                Title = node.Text("name") ?? node.Text("title"),
            }
            : null;
    }

    private static string Number(string gid) => ShopifyGid.Number(gid)?.ToString(CultureInfo.InvariantCulture) ?? throw new FormatException($"'{gid}' is no id.");

    private static DateTimeOffset? Time(JsonElement node, string name) =>
        node.Text(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) : null;
}
