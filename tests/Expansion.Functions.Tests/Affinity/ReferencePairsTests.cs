using System.Globalization;
using System.IO.Compression;
using System.Text;
using Azure.Storage.Blobs;
using DuckDB.NET.Data;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Months;
using Expansion.Functions.Affinity;
using Expansion.Functions.Orders;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Affinity;

/// <summary>Real orders through the real import, and every pair compared: with published reference files, and with what DuckDB counts in the very same segments.</summary>
[Trait("Category", "Azurite")]
public sealed class ReferencePairsTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("reference");

    [Theory]
    [InlineData("pairs_online_retail.csv.gz", 99)]
    [InlineData("pairs_online_retail_low.csv.gz", 40)]
    public async Task Pairs_OfOnlineRetail_EqualTheReference(string reference, int minCount)
    {
        await using var orders = Open("data/online_retail.csv.gz");
        var window = await ImportAsync(azurite.NewAccount(), orders);

        AssertEqual(Reference(reference), window, minCount);
    }

    [Theory]
    [InlineData("pairs_groceries.csv.gz", 50)]
    [InlineData("pairs_groceries_low.csv.gz", 1)]
    public async Task Pairs_OfGroceries_EqualTheReference(string reference, int minCount)
    {
        await using var orders = Groceries();
        var window = await ImportAsync(azurite.NewAccount(), orders);

        AssertEqual(Reference(reference), window, minCount);
    }

    [Fact]
    public async Task Pairs_OfGroceries_EqualWhatDuckDbCountsInTheSameSegments()
    {
        var account = azurite.NewAccount();
        await using var orders = Groceries();
        var window = await ImportAsync(account, orders);
        var folder = Directory.CreateTempSubdirectory("segments-");
        try
        {
            await foreach (var blob in new BlobContainerClient(account, "baskets").GetBlobsAsync())
            {
                await new BlobContainerClient(account, "baskets").GetBlobClient(blob.Name).DownloadToAsync(Path.Combine(folder.FullName, Path.GetFileName(blob.Name)));
            }

            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                with items as (select order_id, sku from read_parquet('{Path.Combine(folder.FullName, "*.parquet")}') where quantity > 0 group by order_id, sku)
                select x.sku, y.sku, count(*) from items x join items y on x.order_id = y.order_id and x.sku < y.sku group by 1, 2 having count(*) >= 3
                """;
            using var rows = command.ExecuteReader();
            var counted = new Dictionary<(string, string), long>();
            while (rows.Read())
            {
                counted.Add((rows.GetString(0), rows.GetString(1)), rows.GetInt64(2));
            }

            Assert.Equal(counted, window.Pairs(0, window.Skus.Count, 3).ToDictionary(pair => (window.Skus[pair.A].Value, window.Skus[pair.B].Value), pair => (long)pair.Both));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<WindowCounts> ImportAsync(string account, Stream orders)
    {
        await using var host = await TestHost.StartAsync(account);
        using var rejects = new CsvRejects(() => Stream.Null);
        var report = await host.Services.GetRequiredService<ImportOrders>().RunAsync(Shop, orders, "plain", rejects, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Equal(0, report.Rejected);
        return await host.Services.GetRequiredService<WindowReader>().ReadAsync(Shop, TestContext.Current.CancellationToken);
    }

    private static void AssertEqual(List<string[]> reference, WindowCounts window, int minCount)
    {
        var counted = window.Pairs(0, window.Skus.Count, minCount)
            .Select(pair => new Pair(window.Skus[pair.A], window.Skus[pair.B], pair.Both, window.Frequencies[pair.A], window.Frequencies[pair.B], window.Baskets))
            .Where(pair => minCount == 1 || pair.Support >= (minCount == 40 ? 0.002 : 0.005))
            .ToDictionary(pair => (pair.A.Value, pair.B.Value));

        Assert.Equal(reference.Count, counted.Count);
        foreach (var row in reference)
        {
            var pair = counted[(row[0], row[1])];
            Assert.Equal((row[2], row[3], row[4], row[5]), (Text(pair.Both), Text(pair.CountA), Text(pair.CountB), Text(pair.Baskets)));
            Assert.Equal([.. row[6..10].Select(Number)], new[] { pair.Support, pair.ConfidenceAb, pair.ConfidenceBa, pair.Lift }, (x, y) => Math.Abs(x - y) <= 1e-9 * Math.Max(1, Math.Abs(x)));
        }
    }

    /// <summary>Raw baskets, an item of which may hold a blank at its end, as orders of one day.</summary>
    private static MemoryStream Groceries()
    {
        using var reader = new StreamReader(Open("data/groceries.csv"));
        var csv = new StringBuilder("order_id,ordered_at,sku,quantity\n");
        for (var order = 1; reader.ReadLine() is { } line; order++)
        {
            foreach (var item in line.Split(','))
            {
                csv.Append(CultureInfo.InvariantCulture, $"{order},2024-05-{(order % 28) + 1:00}T10:00:00Z,{item.Trim()},1\n");
            }
        }

        return new(Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private static List<string[]> Reference(string file)
    {
        using var reader = new StreamReader(new GZipStream(Open($"data/{file}"), CompressionMode.Decompress));
        var rows = new List<string[]>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            rows.Add(line.Split(','));
        }

        return rows;
    }

    private static FileStream Open(string path)
    {
        Assert.SkipWhen(SharedMaterial.Find(path) is null, SharedMaterial.Missing);
        return File.OpenRead(SharedMaterial.Find(path)!);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
