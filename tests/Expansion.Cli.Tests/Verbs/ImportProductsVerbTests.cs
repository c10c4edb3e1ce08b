using System.Text;
using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

/// <summary>Shopify's export of products goes into the catalogue, and what can't be read is told.</summary>
[Trait("Category", "Azurite")]
public sealed class ImportProductsVerbTests(AzuriteFixture azurite) : IDisposable
{
    private const string Header = "Handle,Title,Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n";

    private readonly string _storage = azurite.NewAccount();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("import-products-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Verb_ExportOfProducts_IsInTheCatalogueAfterwards()
    {
        var (code, output, _) = await RunAsync(Header + "beans,Espresso Beans,Acme,Coffee,dark,true,Size,250 g,BEANS-250,9.50,active\nbeans,,,,,,,1 kg,BEANS-1K,32.00,\n");

        Assert.Equal(0, code);
        Assert.StartsWith("2 products and variants read, 2 new or changed.", output, StringComparison.Ordinal);
        await using var app = CliApp.On(_storage);
        var entries = await app.Get<ICatalogueStore>().FindAsync(ShopId.From("coffee.example"), [new("BEANS-1K")], TestContext.Current.CancellationToken);
        Assert.Equal(("Espresso Beans - 1 kg", 32m, "Coffee"), (entries.Single().Item.FullTitle(), entries.Single().Item.Price!.Value.Amount, entries.Single().Item.Type));
    }

    [Fact]
    public async Task Verb_NoExportOfProducts_IsRefusedInASentence()
    {
        var (code, output, error) = await RunAsync("a,b\n1,2\n");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("products.csv was not imported.", error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string text)
    {
        var file = Path.Combine(_folder.FullName, "products.csv");
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        return await ExpansionProcess.RunAsync(_storage, "import-products", "--shop", "coffee.example", "--rejects", Path.Combine(_folder.FullName, "rejects.csv"), file);
    }
}
