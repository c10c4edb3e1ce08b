using Parquet;
using Parquet.Schema;

namespace Expansion.Storage.Segments;

/// <summary>The columns of a segment, for us and for every other engine: names and types are a contract.</summary>
internal static class SegmentSchema
{
    /// <summary>A price has at most this many decimals: prices net of a discount are divided, and 64 bits leave twelve digits before the point.</summary>
    public const int PriceScale = 6;

    public const int PricePrecision = 18;

    public static readonly DataField OrderId = new DataField<string>("order_id", nullable: false);
    public static readonly DataField CustomerId = new DataField<string>("customer_id", nullable: true);
    public static readonly DataField OrderedAt = new DateTimeDataField("ordered_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: false);
    public static readonly DataField Sku = new DataField<string>("sku", nullable: false);
    public static readonly DataField Quantity = new DataField<int>("quantity", nullable: false);
    public static readonly DataField UnitPrice = new DecimalDataField("unit_price", PricePrecision, PriceScale, isNullable: false);
    public static readonly DataField Currency = new DataField<string>("currency", nullable: false);
    public static readonly DataField UpdatedAt = new DateTimeDataField("updated_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: false);

    public static readonly ParquetSchema Schema = new(OrderId, CustomerId, OrderedAt, Sku, Quantity, UnitPrice, Currency, UpdatedAt);

    public static ParquetOptions WriteOptions()
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        foreach (var text in new[] { OrderId, CustomerId, Sku, Currency })
        {
            options.ColumnEncodingHints[text.Path.ToString()] = EncodingHint.Dictionary;
        }

        return options;
    }
}
