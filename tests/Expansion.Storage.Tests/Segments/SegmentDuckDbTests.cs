using DuckDB.NET.Data;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Storage.Segments;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Segments;

/// <summary>The segments are open to any engine: here is one that isn't ours.</summary>
public sealed class SegmentDuckDbTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"segment-{Guid.NewGuid():N}.parquet");

    [Fact]
    public async Task DuckDb_ASegmentOfOurs_HasTheSameColumnsAndRows()
    {
        var guest = Order("b", 1, Line("tea ☕"), Line("cup", -2)) with { CustomerId = null };
        await using (var file = File.Create(_path))
        {
            await SegmentWriter.WriteAsync([Order("a", 0, new OrderLine(new Sku("beans"), 3, 2, new(12.345m, "USD"))), guest], file, default);
        }

        Assert.Equal(
            [
                "order_id VARCHAR", "customer_id VARCHAR", "ordered_at TIMESTAMP WITH TIME ZONE", "sku VARCHAR",
                "quantity INTEGER", "unit_price DECIMAL(18,6)", "currency VARCHAR", "updated_at TIMESTAMP WITH TIME ZONE",
            ],
            Query("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet($path))"));
        Assert.Equal(
            ["a|42|1709640000|beans|2|12.345000|USD|1709640000", "b||1709640000|tea ☕|1|12.500000|EUR|1709640060", "b||1709640000|cup|-2|12.500000|EUR|1709640060"],
            Query("SELECT concat_ws('|', order_id, coalesce(customer_id, ''), epoch(ordered_at)::BIGINT, sku, quantity, unit_price, currency, epoch(updated_at)::BIGINT) FROM read_parquet($path)"));
    }

    public void Dispose() => File.Delete(_path);

    private List<string> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("$path", $"'{_path}'", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
