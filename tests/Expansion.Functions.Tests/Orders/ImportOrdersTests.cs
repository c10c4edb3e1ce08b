using System.Globalization;
using System.IO.Compression;
using System.Text;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Orders;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Orders;

public sealed class ImportOrdersTests
{
    private const string Header = "order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price\n";
    private static readonly ShopId Shop = ShopId.From("coffee.example");

    private readonly MemoryBasketSegments _segments = new();
    private readonly MemoryOrderStore _orders = new();
    private readonly MemoryProductStore _products = new();
    private readonly RejectList _rejects = [];

    [Fact]
    public async Task RunAsync_OrdersScatteredOverTheFile_ArePutTogetherByMonth()
    {
        var report = await ImportAsync("""
            1,c1,2026-04-30T23:59:59,A,Aprons,1,9
            2,,2026-05-01,A,,1,9
            1,c1,2026-04-30T23:59:59,B,Beans,3,4
            3,,2026-05-02,C,Cups,1,1
            2,,2026-05-01,C,,2,1
            1,c1,2026-04-30T23:59:59,A,,-1,9
            """);

        Assert.Equal((6, 0, 3, 2, 2, 3), (report.Lines, report.Rejected, report.Orders, report.Months, report.MonthsWritten, report.Products));
        Assert.Equal(("2026-04-30", "2026-05-02"), (Day(report.First), Day(report.Last)));
        Assert.Equal(["1: B×3"], await MonthAsync("2026-04"));
        Assert.Equal(["2: A×1 C×2", "3: C×1"], await MonthAsync("2026-05"));
    }

    [Fact]
    public async Task RunAsync_LinesOfOneOrderInTwoMonths_GoWhereTheEarliestIs()
    {
        await ImportAsync("""
            1,,2026-05-01T00:00:01,A,,1,9
            2,,2026-05-07,A,,1,9
            1,,2026-04-30T23:59:59,B,,1,4
            3,,2026-04-30T23:59:59,B,,1,4
            3,,2026-05-01T00:00:01,A,,1,9
            """);

        Assert.Equal(["1: A×1 B×1", "3: A×1 B×1"], await MonthAsync("2026-04"));
        Assert.Equal(["2: A×1"], await MonthAsync("2026-05"));
    }

    [Fact]
    public async Task RunAsync_SameFileAgain_ChangesNothing()
    {
        const string Lines = "1,,2026-05-01,A,Aprons,1,9\n2,,2026-04-02,B,Beans,-1,9\n1,,2026-05-01,B,Beans,2,9.5\n1,,bad,B,Beans,2,9\n";
        await ImportAsync(Lines);
        var (writes, products) = (_segments.Writes, _products.Saved);

        var report = await ImportAsync(Lines);

        Assert.Equal((0, 0), (report.MonthsWritten, report.Products));
        Assert.Equal((writes, products), (_segments.Writes, _products.Saved));
        Assert.Equal(["1: A×1 B×2"], await MonthAsync("2026-05"));
    }

    [Fact]
    public async Task RunAsync_OrderCancelledSince_IsNotBroughtBack()
    {
        var ordered = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var cancelled = new Order(new OrderId("1"), null, ordered, ordered.AddDays(3), [new OrderLine(new Sku("A"), 1, 1, new Money(9, "USD"))]) { Cancelled = true };
        await _orders.SaveAsync(Shop, cancelled, TestContext.Current.CancellationToken);

        await ImportAsync("1,,2026-05-01,A,,1,9\n2,,2026-05-01,A,,1,9\n");

        Assert.Equal(["2: A×1"], await MonthAsync("2026-05"));
    }

    [Theory]
    [InlineData("2026-04", "2026-05")]
    [InlineData("2026-05", "2026-04")]
    public async Task RunAsync_DateCorrectedToAnotherMonth_MovesTheOrder(string before, string after)
    {
        await ImportAsync($"1,,{before}-20,A,,1,9\n2,,{before}-20,A,,1,9\n");

        await ImportAsync($"1,,{after}-20,A,,1,9\n");

        Assert.Equal(["2: A×1"], await MonthAsync(before));
        Assert.Equal(["1: A×1"], await MonthAsync(after));
    }

    [Fact]
    public async Task RunAsync_OlderVersionThanAnotherMonthHas_IsLeftOut()
    {
        var ordered = new DateTimeOffset(2026, 5, 20, 0, 0, 0, TimeSpan.Zero);
        var newer = new Order(new OrderId("1"), null, ordered, ordered.AddDays(1), [new OrderLine(new Sku("A"), 1, 1, new Money(9, "USD"))]);
        await _segments.WriteAsync(Shop, newer.Month, new MonthOrders([newer], null), TestContext.Current.CancellationToken);

        await ImportAsync("1,,2026-04-20,A,,1,9\n2,,2026-04-20,A,,1,9\n");

        Assert.Equal(["2: A×1"], await MonthAsync("2026-04"));
        Assert.Equal(["1: A×1"], await MonthAsync("2026-05"));
    }

    [Fact]
    public async Task RunAsync_Products_HaveTheLastTitleAndPriceTheFileNames()
    {
        await ImportAsync("1,,2026-05-01,A,Apron,1,8\n1,,2026-05-01,A,Aprons,1,9\n1,,2026-05-01,A,,1,\n1,,2026-05-01,B,,1,\n");

        Assert.Equal(
            [new Product(new Sku("A"), "Aprons", new Money(9, "USD")), new Product(new Sku("B"), null, null)],
            await _products.ListAsync(Shop, default).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_WrongHeader_ImportsNothingAndSaysWhy()
    {
        var report = await ImportAsync(Encoding.UTF8.GetBytes("order,sku\n1,A\n"));

        Assert.Contains("lacks the columns order_id, ordered_at, quantity", report.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, _segments.Writes);
    }

    [Fact]
    public async Task RunAsync_GzipThatEndsInTheMiddle_ImportsNothingAndSaysWhy()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Header + string.Concat(Enumerable.Range(1, 5000).Select(id => $"{id},,2026-05-01,A{id * 7919},,1,9\n"))));
        }

        var report = await ImportAsync(packed.ToArray()[..^5000]);

        Assert.Contains("damaged", report.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, _segments.Writes);
    }

    private Task<ImportReport> ImportAsync(string lines) => ImportAsync(Encoding.UTF8.GetBytes(Header + lines));

    private async Task<ImportReport> ImportAsync(byte[] file)
    {
        var files = new ServiceCollection().AddOrderFiles().BuildServiceProvider().GetRequiredService<IOrderFiles>();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        var import = new ImportOrders(files, new MemoryShopStore(), _segments, new MonthFold(_segments, _orders, new(new MemoryErasedStore(), Mock.Of<IInbox>(), TimeProvider.System)), _products, clock);
        using var stream = new MemoryStream(file);
        return await import.RunAsync(Shop, stream, null, _rejects, _ => Task.CompletedTask, TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> MonthAsync(string month) =>
        [.. (await _segments.ReadAsync(Shop, YearMonth.Parse(month), TestContext.Current.CancellationToken)).Orders
            .Select(order => $"{order.Id}: {string.Join(' ', order.Lines.Select(line => $"{line.Sku}×{line.Kept}"))}")];

    private static string? Day(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
