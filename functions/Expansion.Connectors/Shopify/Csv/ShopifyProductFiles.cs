using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Connectors.Shopify.Csv;

/// <summary>
/// Shopify's export of products, the classic one and the newer template: a record a variant, and further ones for pictures. What it says of the product stands on
/// the product's first record only; the others repeat its handle.
/// </summary>
internal sealed class ShopifyProductFiles : IProductFiles
{
    public ProductFile Read(Stream file, string currency, DateTimeOffset now, IImportRejects rejects)
    {
        var (utf8, refusal) = CsvStream.Unpack(file);
        if (refusal is not null)
        {
            return new([], refusal);
        }

        using var records = new CsvRecords(utf8);
        var columns = new CsvColumns(records.Header);
        if (columns.Find("Handle", "URL handle") is null || columns.Find("Title") is null || columns.Find("Variant SKU", "SKU") is null)
        {
            return new([], "The header isn't that of Shopify's export of products: it needs Handle (or URL handle), Title and Variant SKU (or SKU) in its first line.");
        }

        var (reader, items) = (new Reader(columns, currency), new List<ToldItem>());
        while (records.Read(rejects))
        {
            if (reader.Read(records, out var item) is { } reason)
            {
                rejects.Add(records.Line, reason, records.Text);
            }
            else if (item is not null)
            {
                items.Add(new(item, CatalogueSource.File, now));
            }
        }

        return new(items, null);
    }

    private sealed class Reader(CsvColumns columns, string currency)
    {
        private readonly int? _handle = columns.Find("Handle", "URL handle");
        private readonly int? _title = columns.Find("Title");
        private readonly int? _vendor = columns.Find("Vendor");
        private readonly int? _type = columns.Find("Type");
        private readonly int? _tags = columns.Find("Tags");
        private readonly int? _published = columns.Find("Published", "Published on online store");
        private readonly int? _status = columns.Find("Status");
        private readonly int? _giftCard = columns.Find("Gift Card");
        private readonly int? _image = columns.Find("Image Src", "Product image URL");
        private readonly int? _variantImage = columns.Find("Variant Image", "Variant image URL");
        private readonly int? _sku = columns.Find("Variant SKU", "SKU");
        private readonly int? _price = columns.Find("Variant Price", "Price");
        private readonly int? _compareAt = columns.Find("Variant Compare At Price", "Compare-at price");
        private readonly int? _cost = columns.Find("Cost per item");
        private readonly int? _stock = columns.Find("Variant Inventory Qty", "Inventory quantity");
        private readonly int? _tracker = columns.Find("Variant Inventory Tracker", "Inventory tracker");
        private readonly int? _policy = columns.Find("Variant Inventory Policy", "Continue selling when out of stock");
        private readonly (int? Name, int? Value)[] _options = [.. Enumerable.Range(1, 3).Select(place => (columns.Find($"Option{place} Name"), columns.Find($"Option{place} Value")))];

        /// <summary>What the product's first record said of all its variants.</summary>
        private CatalogueItem _product = new(default(Sku));
        private string[] _optionNames = [];

        /// <param name="item">Null for a record that only adds a picture.</param>
        /// <returns>Null where all is well; else why it is rejected.</returns>
        public string? Read(CsvRecords record, out CatalogueItem? item)
        {
            item = null;
            var handle = Text(record, _handle);
            if (handle.Length == 0)
            {
                return "Handle is empty: every line needs its product's";
            }

            if (Text(record, _title).Length > 0)
            {
                ReadProduct(record, handle);
            }
            else if (handle != _product.Handle)
            {
                return $"the first line of product {handle}, which has its title, isn't above this one: keep the lines of a product together";
            }

            var sku = Text(record, _sku);
            var price = Text(record, _price);
            if (sku.Length == 0 && price.Length == 0)
            {
                return null;
            }

            if (CsvFields.Id(sku, "Variant SKU", Sku.MaxLength) is { } wrong
                || (wrong = CsvFields.Price(price, "Variant Price", out var amount)) is not null
                || (wrong = CsvFields.Price(Text(record, _compareAt), "Compare At Price", out var compareAt)) is not null
                || (wrong = CsvFields.Price(Text(record, _cost), "Cost per item", out var cost)) is not null
                || (wrong = Stock(Text(record, _stock), out var stock)) is not null)
            {
                return wrong;
            }

            var isTracked = Text(record, _tracker).Length > 0;
            item = _product with
            {
                Sku = new(sku),
                Options = [.. _options.Select((option, place) => new ItemOption(_optionNames[place], Text(record, option.Value))).Where(option => option.Value.Length > 0)],
                Price = Money(amount),
                CompareAtPrice = Money(compareAt),
                Cost = Money(cost),
                Stock = isTracked ? stock : null,
                SellsWithoutStock = !isTracked || Text(record, _policy).Equals("continue", StringComparison.OrdinalIgnoreCase),
                Image = Text(record, _variantImage) is { Length: > 0 } picture ? picture : _product.Image,
            };
            return null;
        }

        private void ReadProduct(CsvRecords record, string handle)
        {
            _optionNames = [.. _options.Select((option, place) => Text(record, option.Name) is { Length: > 0 } name ? name : $"Option{place + 1}")];
            _product = new(default(Sku))
            {
                Handle = handle,
                Title = CsvFields.Title(Text(record, _title)),
                Vendor = Known(Text(record, _vendor)),
                Type = Known(Text(record, _type)),
                Tags = Text(record, _tags).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Published = Flag(Text(record, _published)),
                GiftCard = Flag(Text(record, _giftCard)),
                Status = Enum.TryParse<ItemStatus>(Text(record, _status), ignoreCase: true, out var status) ? status : null,
                Image = Known(Text(record, _image)),
            };
        }

        private Money? Money(decimal? amount) => amount is { } known ? new Money(known, currency) : null;

        private static string? Stock(string text, out long? stock)
        {
            stock = long.TryParse(text, out var number) ? number : null;
            return text.Length == 0 || stock is not null ? null : $"Inventory quantity '{text}' is no whole number";
        }

        private static bool? Flag(string text) => bool.TryParse(text, out var flag) ? flag : null;

        private static string? Known(string text) => text.Length == 0 ? null : text;

        private static string Text(CsvRecords record, int? column) => column is { } index ? record[index] : "";
    }
}
