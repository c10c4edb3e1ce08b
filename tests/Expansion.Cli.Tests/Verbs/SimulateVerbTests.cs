using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using Expansion.Storage;
using Expansion.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Cli.Tests.Verbs;

[Trait("Category", "Azurite")]
public sealed class SimulateVerbTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public async Task Simulate_OtherOptions_AreShownBesideTodays_WithAPageOfTheirOwn()
    {
        var storage = azurite.NewAccount();
        await RecordAsync(storage);
        var options = Path.Combine(_folder.FullName, "options.json");
        var page = Path.Combine(_folder.FullName, "page.html");
        await File.WriteAllTextAsync(options, """{"triggers_off":["cart_page"],"at_risk":{"min_health":0},"manners":{"per_week":1}}""", TestContext.Current.CancellationToken);

        var (code, output, error) = await ExpansionProcess.RunAsync(
            storage, "simulate", "--shop", "coffee.example", "--from", "2026-03-01", "--to", "2026-03-11", "--options", options, "--report", page, "--json");

        Assert.True(code == 0, error);
        var runs = JsonNode.Parse(output)!.AsArray();
        Assert.Equal(["options of today", "changed options"], runs.Select(run => (string?)run!["options"]));
        // A cart every third day: three a week are allowed today, one by the file; on the day of the failed payment none.
        Assert.Equal([2, 1], runs.Select(run => (int)run!["summary"]!["offers"]!));
        Assert.Equal(1, (int)runs[0]!["summary"]!["silences"]!["at_risk"]!);
        var html = XDocument.Parse((await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)).Replace("<!doctype html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal));
        Assert.Equal(2, html.Descendants("h2").Count());
        Assert.True(html.Descendants("rect").Count() > 4);
        Assert.DoesNotContain(html.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");
    }

    [Theory]
    [InlineData("""{"manners":{"cooldown_days":10}}""", "manners.cooldown_days")]
    [InlineData("""{"moon":1}""", "is no document of timing options")]
    public async Task Simulate_BadOptions_AreNamedAndNothingIsPrinted(string options, string mistake)
    {
        var storage = azurite.NewAccount();
        await RecordAsync(storage);
        var file = Path.Combine(_folder.FullName, "options.json");
        await File.WriteAllTextAsync(file, options, TestContext.Current.CancellationToken);

        var (code, output, error) = await ExpansionProcess.RunAsync(storage, "simulate", "--shop", "coffee.example", "--from", "2026-03-01", "--to", "2026-03-11", "--options", file);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(mistake, error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Three carts within ten days, and a payment that failed before the last.</summary>
    private static async Task RecordAsync(string storage)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage }).Build();
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddStorage(configuration).BuildServiceProvider();
        var shop = ShopId.From("coffee.example");
        await services.GetRequiredService<IShopStore>().EnsureAsync(shop, TestContext.Current.CancellationToken);
        foreach (var product in new[] { "cup", "filters", "grinder" })
        {
            await services.GetRequiredService<IRuleStore>().SaveAsync(
                shop,
                Rule.Read($$$"""{"id":"{{{product}}}","touchpoints":["cart_page"],"when":{"fact":"cart_value","above":1},"then":{"recommend_product":"{{{product}}}"}}""", 1),
                TestContext.Current.CancellationToken);
        }

        Signal[] signals =
        [
            .. new[] { 0, 3, 6 }.Select(day => new CartChanged(new(20, "EUR"), [new("beans")]) { Id = day.ToString(CultureInfo.InvariantCulture), Customer = new("ann"), At = Begin.AddDays(day) }),
            new PaymentFailed { Id = "p", Customer = new("ann"), At = Begin.AddDays(5) },
        ];
        foreach (var signal in signals)
        {
            await services.GetRequiredService<ISignalLog>().AppendAsync(shop, [signal], signal.At, TestContext.Current.CancellationToken);
        }
    }
}
