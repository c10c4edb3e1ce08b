using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Csv;

/// <summary>One line of an order a record: order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price and, if need be, currency.</summary>
internal sealed class PlainCsvFormat : ICsvFormat
{
    public string Name => "plain";

    public IReadOnlyList<string> Required { get; } = ["order_id", "ordered_at", "sku", "quantity"];

    public ICsvLineReader Bind(CsvColumns columns, CsvFields fields, ShopSettings shop) => new LineReader(columns, fields, shop);

    private sealed class LineReader(CsvColumns columns, CsvFields fields, ShopSettings shop) : ICsvLineReader
    {
        private readonly int _order = columns.Find("order_id") ?? 0;
        private readonly int _orderedAt = columns.Find("ordered_at") ?? 0;
        private readonly int _sku = columns.Find("sku") ?? 0;
        private readonly int _quantity = columns.Find("quantity") ?? 0;
        private readonly int? _customer = columns.Find("customer_id");
        private readonly int? _title = columns.Find("product_title");
        private readonly int? _price = columns.Find("unit_price");
        private readonly int? _currency = columns.Find("currency");

        public string? Read(CsvRecords record, out ImportedLine line)
        {
            line = default;
            var (orderId, skuText, customerId) = (record[_order], record[_sku], Optional(record, _customer));
            var wrong = CsvFields.Id(orderId, "order_id", OrderId.MaxLength)
                ?? CsvFields.Id(skuText, "sku", Sku.MaxLength)
                ?? (customerId.Length == 0 ? null : CsvFields.Id(customerId, "customer_id", CustomerId.MaxLength));
            if (wrong is not null
                || (wrong = fields.Time(record[_orderedAt], "ordered_at", out var time)) is not null
                || (wrong = CsvFields.Quantity(record[_quantity], "quantity", out var count)) is not null
                || (wrong = CsvFields.Price(Optional(record, _price), "unit_price", out var unitPrice)) is not null
                || (wrong = CsvFields.Currency(Optional(record, _currency), "currency", shop.Currency, out var code)) is not null)
            {
                return wrong;
            }

            line = new ImportedLine(new OrderId(orderId), time, new Sku(skuText), count)
            {
                CustomerId = customerId.Length == 0 ? null : new CustomerId(customerId),
                UnitPrice = unitPrice,
                Currency = code,
                Title = CsvFields.Title(Optional(record, _title)),
            };
            return null;
        }

        private static string Optional(CsvRecords record, int? column) => column is { } index ? record[index] : "";
    }
}
