using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Samples;
using Expansion.Functions.Orders;
using Expansion.Functions.Recommendations;

namespace Expansion.Cli.Verbs;

/// <summary>The first thing a newcomer runs: a sample shop loaded, learned from and asked, then left serving.</summary>
internal static class DemoVerb
{
    private const string Product = "COF-HOUSE-1K";
    private static readonly Dictionary<Touchpoint, string> Places = Enum.GetValues<Touchpoint>()
        .ToDictionary(place => place, place => JsonNamingPolicy.SnakeCaseLower.ConvertName(place.ToString()).Replace('_', ' '));

    private static readonly ShopId Shop = ShopId.From("sample.expansion.example");

    public static Command Create()
    {
        var port = ServeVerb.Port();
        var once = new Option<bool>("--once") { Description = "End after the report instead of serving." };
        var command = new Command("demo", "Loads a sample shop, learns from it, shows what it found, and serves.") { port, once };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            await ImportAsync(app, cancellationToken);
            var generation = await RecomputeVerb.RunAsync(app, Shop, cancellationToken);
            await ShowPairsAsync(app, generation, cancellationToken);
            await ShowRecommendationAsync(app, cancellationToken);
            if (!parsed.GetValue(once))
            {
                await ServeVerb.RunAsync(app, parsed.GetValue(port), ShowAddresses, cancellationToken);
            }

            return 0;
        });
        return command;
    }

    /// <summary>By the way any shop's orders come: as a file. A second demo of the same day changes nothing.</summary>
    private static async Task ImportAsync(CliApp app, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var sample = SampleShop.Create(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));
        using var file = new MemoryStream();
        await using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
        {
            SampleOrdersCsv.Write(sample.Orders, writer);
        }

        file.Position = 0;
        using var rejects = new CsvRejects(() => Stream.Null);
        var report = await app.Get<ImportOrders>().RunAsync(Shop, file, "plain", rejects, _ => Task.CompletedTask, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sample shop {Shop}: {report.Orders:N0} orders of {sample.Products.Count} products imported in {report.Elapsed.TotalSeconds:N1} s."));
    }

    private static async Task ShowPairsAsync(CliApp app, AffinityGeneration generation, CancellationToken cancellationToken)
    {
        var titles = await app.Get<Engine.Orders.IProductStore>().ListAsync(Shop, cancellationToken).ToDictionaryAsync(product => product.Sku, product => product.Title, cancellationToken: cancellationToken);
        var pairs = await app.Get<IPairFiles>().ReadAsync(Shop, generation.Id, cancellationToken);
        Console.WriteLine($"{Environment.NewLine}Strongest pairs");
        foreach (var scored in pairs.Where(pair => pair.Sound && !pair.Seasonal).OrderByDescending(pair => pair.Pair.Both).Take(10))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Title(scored.Pair.A)} + {Title(scored.Pair.B)}: {scored.Pair.Both} orders ({scored.Pair.Support:P1}), lift {scored.Pair.Lift:N1} ({scored.LiftLow:N1} to {scored.LiftHigh:N1}), {Places[scored.AdviceAb.Touchpoint]}"));
        }

        string Title(Sku sku) => titles.GetValueOrDefault(sku) ?? sku.Value;
    }

    /// <summary>Trained here, as a host would when the recompute's message came to it, and answered as the API answers.</summary>
    private static async Task ShowRecommendationAsync(CliApp app, CancellationToken cancellationToken)
    {
        await app.Get<ModelTraining>().RunAsync(Shop, cancellationToken);
        var shop = await app.Get<ServingCache>().FindAsync(Shop, cancellationToken) ?? throw new InvalidOperationException($"{Shop} was imported and isn't there.");
        var product = new Sku(Product);
        var answer = await app.Get<ShopRecommender>().RecommendAsync(shop, new() { Context = [product] }, customer: null, affinityOnly: false, cancellationToken);
        Console.WriteLine($"{Environment.NewLine}Recommended with {shop.Catalogue.Find(product)?.FullTitle() ?? Product}");
        foreach (var (pick, item) in answer.Picks)
        {
            Console.WriteLine($"  {item?.FullTitle() ?? pick.Title} ({pick.Sku}). {pick.Reason}");
        }
    }

    private static void ShowAddresses(string address) => Console.WriteLine($"""
        Try:
          {address}/api/dashboard#/{Shop}
          {address}/api/recommendations?shop={Shop}&product={Product}
          {address}/api/shops/{Shop}/settings
          {address}/api/affinity/pairs?shop={Shop}
        """);
}
