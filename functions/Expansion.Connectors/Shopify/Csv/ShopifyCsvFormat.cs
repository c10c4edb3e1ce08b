using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Shopify.Csv;

/// <summary>
/// Shopify's export of orders: a record a line item. What it says of the order stands on the order's first record only; the others repeat its Name.
/// </summary>
internal sealed class ShopifyCsvFormat : ICsvFormat
{
    public string Name => "shopify";

    public IReadOnlyList<string> Required { get; } = ["Name", "Created at", "Lineitem quantity", "Lineitem name"];

    public ICsvLineReader Bind(CsvColumns columns, CsvFields fields, ShopSettings shop) => new LineReader(columns, fields, shop);

    private sealed class LineReader(CsvColumns columns, CsvFields fields, ShopSettings shop) : ICsvLineReader
    {
        private readonly int _name = columns.Find("Name") ?? 0;
        private readonly int _createdAt = columns.Find("Created at") ?? 0;
        private readonly int _quantity = columns.Find("Lineitem quantity") ?? 0;
        private readonly int _itemName = columns.Find("Lineitem name") ?? 0;
        private readonly int? _sku = columns.Find("Lineitem sku");
        private readonly int? _price = columns.Find("Lineitem price");
        private readonly int? _discount = columns.Find("Lineitem discount");
        private readonly int? _id = columns.Find("Id");
        private readonly int? _status = columns.Find("Financial Status");
        private readonly int? _cancelledAt = columns.Find("Cancelled at", "Canceled at");
        private readonly int? _paidAt = columns.Find("Paid at");
        private readonly int? _fulfilledAt = columns.Find("Fulfilled at");
        private readonly int? _email = columns.Find("Email");
        private readonly int? _currency = columns.Find("Currency");

        /// <summary>The order whose first record came last, without a line item; null where that record was rejected.</summary>
        private ImportedLine? _order;
        private string _orderName = "";

        public string? Read(CsvRecords record, out ImportedLine line)
        {
            line = default;
            if (Optional(record, _id).Length > 0 || Optional(record, _status).Length > 0)
            {
                _order = null;
                _orderName = record[_name];
                if (ReadOrder(record, out var first) is { } wrong)
                {
                    return wrong;
                }

                _order = first;
            }
            else if (record[_name] != _orderName)
            {
                return $"the first line of order {record[_name]}, which has its status and date, isn't above this one: keep the lines of an order together, and join parts of an export that split one";
            }

            return _order is { } known ? ReadItem(record, known, out line) : $"the first line of order {_orderName} was rejected: correct that one";
        }

        private string? ReadOrder(CsvRecords record, out ImportedLine first)
        {
            first = default;
            var orderId = Optional(record, _id) is { Length: > 0 } given ? given : record[_name];
            if (CsvFields.Id(orderId, "Id or Name", OrderId.MaxLength) is { } wrongId)
            {
                return wrongId;
            }

            if (fields.Time(record[_createdAt], "Created at", out var ordered) is { } wrongTime)
            {
                return wrongTime;
            }

            if (CsvFields.Currency(Optional(record, _currency), "Currency", shop.Currency, out var code) is { } wrongCurrency)
            {
                return wrongCurrency;
            }

            var updated = ordered;
            foreach (var (column, label) in new[] { (_paidAt, "Paid at"), (_fulfilledAt, "Fulfilled at"), (_cancelledAt, "Cancelled at") })
            {
                if (Optional(record, column) is { Length: > 0 } text)
                {
                    if (fields.Time(text, label, out var time) is { } wrong)
                    {
                        return wrong;
                    }

                    updated = time > updated ? time : updated;
                }
            }

            var money = Optional(record, _status);
            first = new ImportedLine(new OrderId(orderId), ordered, default, 0)
            {
                CustomerId = Optional(record, _email) is { Length: > 0 } address ? ShopifyCustomers.IdOf(address) : null,
                UpdatedAt = updated,
                Cancelled = Optional(record, _cancelledAt).Length > 0 || money.Equals("voided", StringComparison.OrdinalIgnoreCase),
                Refunded = money.Equals("refunded", StringComparison.OrdinalIgnoreCase),
                Currency = code,
            };
            return null;
        }

        private string? ReadItem(CsvRecords record, ImportedLine known, out ImportedLine line)
        {
            line = default;
            var title = CsvFields.Title(record[_itemName]);
            var skuText = Optional(record, _sku) is { Length: > 0 } given ? given : title ?? "";
            if (CsvFields.Id(skuText, "Lineitem sku or name", Sku.MaxLength) is { } wrong
                || (wrong = CsvFields.Quantity(record[_quantity], "Lineitem quantity", out var count)) is not null
                || (wrong = CsvFields.Price(Optional(record, _price), "Lineitem price", out var unitPrice)) is not null
                || (wrong = CsvFields.Price(Optional(record, _discount), "Lineitem discount", out var lineDiscount)) is not null)
            {
                return wrong;
            }

            // The price is for one, the discount for the whole line.
            line = known with
            {
                Sku = new Sku(skuText),
                Quantity = count,
                UnitPrice = unitPrice is { } full ? Math.Max(0, decimal.Round(full - ((lineDiscount ?? 0) / Math.Abs(count)), 4)) : null,
                Title = title,
            };
            return null;
        }

        private static string Optional(CsvRecords record, int? column) => column is { } index ? record[index] : "";
    }
}
