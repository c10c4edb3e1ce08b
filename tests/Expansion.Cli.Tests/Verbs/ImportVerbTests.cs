using System.Text;
using Expansion.Cli.Verbs;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Orders;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Expansion.Cli.Tests.Verbs;

public sealed class ImportVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import-verb-");

    [Theory]
    [InlineData("order_id,ordered_at,sku,quantity\n1,2020-05-01,A,1\n2,2020-05-01,A,0\n", 0, "1 orders from 2 lines, 1 of them rejected", "rejects.csv says why")]
    [InlineData("order_id,ordered_at,sku,quantity\n1,2020-05-01,A,1\n", 0, "2020-05-01 to 2020-05-01: 1 months, 1 changed; 1 products new or changed", "")]
    [InlineData("order_id,ordered_at,sku,quantity\n1,2020-05-01,A,0\n", 1, "0 orders from 1 lines", "There was no order to import.")]
    [InlineData("order_id,sku\n", 1, "", "was not imported. The header lacks the columns ordered_at, quantity")]
    public async Task RunAsync_File_SaysWhatCameOfIt(string text, int exitCode, string output, string error)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, "orders.csv"));
        var rejects = new FileInfo(Path.Combine(_folder.FullName, "rejects.csv"));
        await File.WriteAllTextAsync(file.FullName, text, Encoding.UTF8);
        var (written, told) = (new StringWriter(), new StringWriter());

        var code = await ImportVerb.RunAsync(Import(), Mock.Of<IMessageQueue>(), ShopId.From("coffee.example"), file, null, rejects, written, told, TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, code);
        Assert.Contains(output, written.ToString(), StringComparison.Ordinal);
        Assert.Contains(error, told.ToString(), StringComparison.Ordinal);
        Assert.Equal(text.Contains("A,0", StringComparison.Ordinal), rejects.Exists);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ImportOrders Import()
    {
        var segments = new MemoryBasketSegments();
        var files = new ServiceCollection().AddOrderFiles().BuildServiceProvider().GetRequiredService<IOrderFiles>();
        return new(files, new MemoryShopStore(), segments, new MonthFold(segments, new MemoryOrderStore(), new(new MemoryErasedStore(), Mock.Of<IInbox>(), TimeProvider.System)), new MemoryProductStore(), TimeProvider.System);
    }
}
