using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Orders;
using Expansion.Functions.Shops;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Orders;

/// <summary>A file on its way: upload, queue, import, status, rejects; on real storage.</summary>
[Trait("Category", "Azurite")]
public sealed class ImportOverHttpTests(AzuriteFixture azurite)
{
    private const string File = """
        order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price
        1,c1,2020-05-01T00:30:00,A,Aprons,2,9.50
        1,c1,2020-05-01T00:30:00,Käse/#?\,Cheese,1,4
        2,,2020-05-02,A,,0,9.50
        2,,2020-05-02,A,,-1,9.50
        """;

    private static readonly ShopId Shop = ShopId.From("coffee.example");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_WithABadLine_IsImportedAndTheLineReported(bool compressed)
    {
        await using var host = await StartAsync();
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { time_zone = "Europe/Berlin", currency = "EUR" }, TestContext.Current.CancellationToken);

        var accepted = await UploadAsync(host, "shop=coffee.example&format=plain", Encoding.UTF8.GetBytes(File), compressed);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var location = accepted.Headers.Location!.ToString();
        Assert.StartsWith("/api/orders/import/", location, StringComparison.Ordinal);
        Assert.EndsWith("?shop=coffee.example", location, StringComparison.Ordinal);
        var status = await DoneAsync(host, location);
        Assert.Equal((ImportState.Done, 4, 1), (status.State, status.Lines, status.Rejected));
        Assert.Equal((2, 2, 2), (status.Report!.Orders, status.Report.MonthsWritten, status.Report.Products));
        Assert.Equal(
            "line,reason,text\n4,\"quantity is 0: give what was ordered, or below 0 what came back, or leave the line out\",\"2,,2020-05-02,A,,0,9.50\"\n",
            (await host.Client.GetStringAsync(location.Replace("?", "/rejects?", StringComparison.Ordinal), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"));

        // Half past midnight in Berlin is still April in UTC.
        var april = await host.Services.GetRequiredService<IBasketSegments>().ReadAsync(Shop, new YearMonth(2020, 4), TestContext.Current.CancellationToken);
        Assert.Equal(
            [(new Sku("A"), 2, new Money(9.50m, "EUR")), (new Sku(@"Käse/#?\"), 1, new Money(4, "EUR"))],
            Assert.Single(april.Orders).Lines.Select(line => (line.Sku, line.Kept, line.UnitPrice)));
    }

    [Fact]
    public async Task Upload_SameFileAgain_WritesNothing()
    {
        await using var host = await StartAsync();
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { }, TestContext.Current.CancellationToken);
        var segments = host.Services.GetRequiredService<IBasketSegments>();
        await ImportAsync();
        var before = await segments.ListAsync(Shop, TestContext.Current.CancellationToken);

        var again = await ImportAsync();

        Assert.Equal((2, 0, 0), (again.Report!.Orders, again.Report.MonthsWritten, again.Report.Products));
        Assert.Equal(before, await segments.ListAsync(Shop, TestContext.Current.CancellationToken));

        async Task<ImportStatus> ImportAsync()
        {
            var accepted = await UploadAsync(host, "shop=coffee.example", Encoding.UTF8.GetBytes(File), compressed: false);
            return await DoneAsync(host, accepted.Headers.Location!.ToString());
        }
    }

    [Fact]
    public async Task Upload_WrongHeader_FailsWithTheReasonAndIsNotTriedAgain()
    {
        await using var host = await StartAsync();
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { }, TestContext.Current.CancellationToken);

        var accepted = await UploadAsync(host, "shop=coffee.example", "a,b\n1,2\n"u8.ToArray(), compressed: false);
        var location = accepted.Headers.Location!.ToString();
        var status = await DoneAsync(host, location);

        Assert.Equal(ImportState.Failed, status.State);
        Assert.Contains("lacks the columns order_id, ordered_at, sku, quantity", status.Error, StringComparison.Ordinal);
        Assert.Equal("", await host.Client.GetStringAsync(location.Replace("?", "/rejects?", StringComparison.Ordinal), TestContext.Current.CancellationToken));
        Assert.Null(await host.Services.GetRequiredService<IImportFiles>().OpenUploadAsync(Shop, status.Id, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("shop=nobody.example", "x", HttpStatusCode.NotFound, "Add it with PUT /api/shops/{shop}/settings first")]
    [InlineData("shop=..", "x", HttpStatusCode.NotFound, "There is no shop '..'")]
    [InlineData("", "x", HttpStatusCode.NotFound, "There is no shop ''")]
    [InlineData("shop=coffee.example&format=xlsx", "x", HttpStatusCode.BadRequest, "There is no format 'xlsx': use plain or shopify")]
    [InlineData("shop=coffee.example", "", HttpStatusCode.BadRequest, "The body is empty")]
    public async Task Upload_BadRequest_IsRefusedWithWhatToDo(string query, string body, HttpStatusCode code, string detail)
    {
        await using var host = await StartAsync();
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { }, TestContext.Current.CancellationToken);

        var answer = await UploadAsync(host, query, Encoding.UTF8.GetBytes(body), compressed: false);

        Assert.Equal(code, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/orders/import/1?shop=coffee.example")]
    [InlineData("/api/orders/import/1/rejects?shop=coffee.example")]
    [InlineData("/api/orders/import/1")]
    public async Task Get_UnknownImport_IsNotFound(string path)
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(
        azurite.NewAccount(),
        new() { Functions = [typeof(StartImport), typeof(RunImport), typeof(GetImport), typeof(GetImportRejects), typeof(PutShopSettings)] });

    private static async Task<HttpResponseMessage> UploadAsync(TestHost host, string query, byte[] file, bool compressed)
    {
        using var body = new MemoryStream();
        await using (var packed = compressed ? new GZipStream(body, CompressionMode.Compress, leaveOpen: true) : Stream.Null)
        {
            await packed.WriteAsync(file);
        }

        return await host.Client.PostAsync(
            $"/api/orders/import?{query}", new ByteArrayContent(compressed ? body.ToArray() : file), TestContext.Current.CancellationToken);
    }

    private static async Task<ImportStatus> DoneAsync(TestHost host, string location)
    {
        ImportStatus? status = null;
        await Eventually.TrueAsync(
            async () =>
            {
                status = await host.Client.GetFromJsonAsync<ImportStatus>(location, ExpansionJson.Options, TestContext.Current.CancellationToken);
                return status!.State is ImportState.Done or ImportState.Failed;
            },
            "the import ends");
        return status!;
    }
}
