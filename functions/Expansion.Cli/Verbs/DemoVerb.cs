using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Samples;
using Expansion.Functions.Metrics;
using Expansion.Functions.Orders;
using Expansion.Functions.Recommendations;

namespace Expansion.Cli.Verbs;

/// <summary>The first thing a newcomer runs: a sample shop loaded, learned from and asked, then left serving.</summary>
internal static class DemoVerb
{
    private const string Product = "COF-HOUSE-1K";
    private static readonly Dictionary<Touchpoint, string> Places = Enum.GetValues<Touchpoint>()
        .ToDictionary(place => place, place => JsonNamingPolicy.SnakeCaseLower.ConvertName(place.ToString()).Replace('_', ' '));

    private static readonly ShopId Shop = SampleShop.Id;

    public static Command Create()
    {
        var port = ServeVerb.Port();
        var once = new Option<bool>("--once") { Description = "End after the report instead of serving." };
        var command = new Command("demo", "Loads a sample shop, learns from it, shows what it found, and serves.") { port, once };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var sample = SampleShop.Create(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero));
            await ImportAsync(app, sample, cancellationToken);
            await SubscribeAsync(app, sample.Subscription, cancellationToken);
            var generation = await RecomputeVerb.RunAsync(app, Shop, cancellationToken);
            await ShowPairsAsync(app, generation, cancellationToken);
            await ShowRecommendationAsync(app, cancellationToken);
            await ShowMetricsAsync(app, cancellationToken);
            if (!parsed.GetValue(once))
            {
                await ServeVerb.RunAsync(app, parsed.GetValue(port), ShowAddresses, cancellationToken);
            }

            return 0;
        });
        return command;
    }

    /// <summary>By the way any shop's orders come: as a file. A second demo of the same day changes nothing.</summary>
    private static async Task ImportAsync(CliApp app, SampleShop sample, CancellationToken cancellationToken)
    {
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

    /// <summary>The plans that the same house rents out, and who was on which since when. A repeat changes nothing.</summary>
    private static async Task SubscribeAsync(CliApp app, SampleSubscription subscription, CancellationToken cancellationToken)
    {
        var documents = app.Get<IPricingDocuments>();
        if (await documents.FindAsync<PlanLadder>(Shop, PlanLadder.Document, cancellationToken) is null)
        {
            await documents.SaveAsync(Shop, PlanLadder.Document, SamplePlanChanges.Ladder(subscription), null, cancellationToken);
        }

        await app.Get<IPlanHistoryStore>().SaveAsync(Shop, SamplePlanChanges.Of(subscription), cancellationToken);
    }

    private static async Task ShowMetricsAsync(CliApp app, CancellationToken cancellationToken)
    {
        await app.Get<MetricRollUp>().RollUpDaysAsync(Shop, cancellationToken);
        await app.Get<MonthClose>().RunAsync(Shop, cancellationToken);
        var month = Period.Of(Grain.Month, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)).Before(Grain.Month);
        var sums = await app.Get<MetricReader>().SumsAsync(Shop, Slice.All, month, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}Metrics of {month.First:yyyy-MM}, revenue {sums.Revenue.Total:N2}"));
        foreach (var metric in BusinessMetrics.All)
        {
            Console.WriteLine($"  {metric.Name.Replace('_', ' ')}: {Text(metric)}");
        }

        string Text(IMetric metric) => metric.Measure(sums).Value is not { } value ? "no data"
            : value.ToString(metric is RevenuePerCustomerMetric or AverageItemsPerOrderMetric ? "N2" : "P1", CultureInfo.InvariantCulture);
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
