using System.Globalization;
using System.Text;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

[Trait("Category", "Azurite")]
public sealed class BundlesVerbTests(AzuriteFixture azurite) : IDisposable
{
    private readonly string _storage = azurite.NewAccount();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bundles-verb-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Bundles_BeforeAndAfterTheRecompute_SaysWhatIsMissingThenWritesTheFile()
    {
        var (orders, output) = (Path.Combine(_folder.FullName, "orders.csv"), Path.Combine(_folder.FullName, "bundles.csv"));
        await File.WriteAllTextAsync(orders, Orders(), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("import", "--shop", "coffee.example", orders)).ExitCode);

        var early = await RunAsync("bundles", "--shop", "coffee.example", "--out", output);
        Assert.Equal((1, "coffee.example has no pairs yet: run `recompute --shop coffee.example` first."), (early.ExitCode, early.Error.Trim()));
        Assert.False(File.Exists(output));

        Assert.Equal(0, (await RunAsync("recompute", "--shop", "coffee.example")).ExitCode);
        var made = await RunAsync("bundles", "--shop", "coffee.example", "--out", output);

        // Nobody has said what anything costs the shop, so nothing may be given away.
        Assert.Equal(0, made.ExitCode);
        Assert.Contains("0 bundles, proved to be the best choice.", made.Output, StringComparison.Ordinal);
        Assert.Contains(" products whose cost isn't known.", made.Output, StringComparison.Ordinal);
        Assert.StartsWith("Title,URL handle,", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Orders()
    {
        var csv = new StringBuilder("order_id,ordered_at,sku,quantity,unit_price\n");
        for (var order = 0; order < 120; order++)
        {
            foreach (var sku in order < 60 ? new[] { "beans", "filter" } : ["kettle"])
            {
                csv.Append(CultureInfo.InvariantCulture, $"{order},2026-{(order % 2) + 1:00}-10T10:00:00Z,{sku},1,9.50\n");
            }
        }

        return csv.ToString();
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => ExpansionProcess.RunAsync(_storage, arguments);
}
