using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

/// <summary>The contract of the verbs around pairs: exit codes, standard output and error, and the form of the file.</summary>
[Trait("Category", "Azurite")]
public sealed class AffinityVerbTests(AzuriteFixture azurite) : IDisposable
{
    private const string Header = "a,b,count_ab,count_a,count_b,n,support,confidence_ab,confidence_ba,lift";

    private readonly string _storage = azurite.NewAccount();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("affinity-verbs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Verbs_FromImportToExplanation_KeepTheirContract()
    {
        var orders = Path.Combine(_folder.FullName, "orders.csv");
        await File.WriteAllTextAsync(orders, Orders(), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("import", "--shop", "coffee.example", orders)).ExitCode);

        // Imported, and not learned from yet.
        var early = await RunAsync("first-steps", "--shop", "coffee.example");
        Assert.Equal((1, ""), (early.ExitCode, early.Output));
        Assert.Contains("Nothing has been learned of coffee.example yet", early.Error, StringComparison.Ordinal);
        var well = await RunAsync("doctor");
        Assert.Equal(0, well.ExitCode);
        Assert.Contains("ok      coffee.example has no affinities yet: run `recompute --shop coffee.example`", well.Output, StringComparison.Ordinal);

        var recompute = await RunAsync("recompute", "--shop", "coffee.example");
        Assert.Equal(0, recompute.ExitCode);
        Assert.StartsWith("coffee.example: 200 baskets of 5 products, 2026-01 to 2026-03", recompute.Output, StringComparison.Ordinal);
        Assert.Contains("counting", recompute.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("doctor")).ExitCode);

        await CheckPairsAsync("pairs.csv");
        await CheckPairsAsync("pairs.csv.gz");
        var few = await PairsAsync("few.csv", "--min-count", "41");
        Assert.Equal(["Beans,filter"], few[1..].Select(line => string.Join(',', line.Split(',')[..2])));
        Assert.Equal(few, await PairsAsync("support.csv", "--min-support", "0.205"));

        var steps = await RunAsync("first-steps", "--shop", "coffee.example");
        Assert.Equal(0, steps.ExitCode);
        Assert.Contains("With Beans suggest Filters.", steps.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await RunAsync("first-steps", "--shop", "coffee.example", "--json")).Output)!;
        Assert.Equal(["a \"b\",c", "Beans"], json["pairs"]!.AsArray().Select(pair => (string?)pair!["product"]!["sku"]));

        var explained = await RunAsync("explain", "--shop", "coffee.example", "--a", "filter", "--b", "Beans");
        Assert.Equal(0, explained.ExitCode);
        Assert.StartsWith("Beans (Beans) + Filters (filter), 2026-01 to 2026-03\n  Recommended.\n", explained.Output, StringComparison.Ordinal);
        Assert.Contains("  2026-02         0        0        0        0       0.0    0.0\n", explained.Output, StringComparison.Ordinal);
        Assert.Contains("\n  count_ab             60\n", explained.Output, StringComparison.Ordinal);
        var unknown = await RunAsync("explain", "--shop", "coffee.example", "--a", "filter", "--b", "beans");
        Assert.Equal((1, "No order from 2026-01 to 2026-03 holds beans: check the SKU, capitals too."), (unknown.ExitCode, unknown.Error.Trim()));
    }

    [Theory]
    [InlineData("recompute", "--shop", "nobody")]
    [InlineData("pairs", "--shop", "nobody", "--out", "never-written.csv")]
    [InlineData("first-steps", "--shop", "nobody")]
    [InlineData("explain", "--shop", "nobody", "--a", "x", "--b", "y")]
    public async Task Verb_UnknownShop_FailsAndAddsNone(params string[] arguments)
    {
        var answer = await RunAsync(arguments);

        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("There is no shop 'nobody'", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("never-written.csv"));
        var doctor = await RunAsync("doctor");
        Assert.Equal(0, doctor.ExitCode);
        Assert.Contains("it knows 0 shops", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_StorageDoesNotAnswer_IsAProblem()
    {
        var doctor = await ExpansionProcess.RunAsync("DefaultEndpointsProtocol=https;AccountName=nobody;AccountKey=dGVzdA==;EndpointSuffix=storage.invalid", "doctor");

        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("PROBLEM Storage does not answer", doctor.Output, StringComparison.Ordinal);
    }

    /// <summary>January and March: 60 orders with beans and filters, 40 with a mug and a comma in its name, and 100 with one product.</summary>
    private static string Orders()
    {
        var csv = new StringBuilder("order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price\n");
        for (var order = 0; order < 200; order++)
        {
            foreach (var (sku, title) in order < 60 ? [("filter", "Filters"), ("Beans", "Beans")] : order < 100 ? new[] { ("mug", "Mug"), ("a \"b\",c", "Saucer") } : [("kettle", "Kettle")])
            {
                csv.Append(CultureInfo.InvariantCulture, $"{order},c{order % 50},2026-{(order % 2 == 0 ? 1 : 3):00}-{(order % 28) + 1:00}T10:00:00Z,\"{sku.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{title},1,9.50\n");
            }
        }

        return csv.ToString();
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => ExpansionProcess.RunAsync(_storage, arguments);

    private async Task CheckPairsAsync(string name)
    {
        var lines = await PairsAsync(name);

        Assert.StartsWith(Header, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Beans,filter,60,60,60,200,0.3,1,1,3.3333333333333335,18,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"a \"\"b\"\",c\",mug,40,40,40,200,0.2,1,1,5,8,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    private async Task<string[]> PairsAsync(string name, params string[] options)
    {
        var path = Path.Combine(_folder.FullName, name);
        var run = await RunAsync(["pairs", "--shop", "coffee.example", "--out", path, .. options]);
        Assert.Equal(0, run.ExitCode);
        await using var file = File.OpenRead(path);
        using var reader = new StreamReader(name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
