using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Offers;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Experiments;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Experiments;

/// <summary>A bandit's hour: what sells better is given more often from then on, under the chance that is logged.</summary>
[Trait("Category", "Azurite")]
public sealed class BanditTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Visitors = 400;

    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Hour_OneArmSellsBetter_MovesNewVisitorsToItAndLogsTheirChance()
    {
        await StartAsync();
        await SeeAsync();

        // Nobody's window has closed: nothing is known, and nothing moves. Then everybody's has.
        await HourAsync();
        await Eventually.TrueAsync(async () => (await ChancesAsync()).Count == 2, "the bandit is read");
        Assert.Equal([0.5, 0.5], (await ChancesAsync()).Select(chance => Math.Round(chance, 4)));
        _time.Advance(TimeSpan.FromDays(8));
        await HourAsync();
        await Eventually.TrueAsync(async () => (await ChancesAsync())[1] > 0.9, "who comes now is given the arm that sells better");

        var (arms, chances) = (_host.Services.GetRequiredService<IExperimentArms>(), await ChancesAsync());
        var given = new List<ExperimentArm>();
        for (var i = 0; i < 200; i++)
        {
            given.Add((await arms.FindAsync(Shop, new($"new-{i}"), null, null, Touchpoint.CartPage, Stop))!);
        }

        Assert.InRange(given.Count(arm => arm.Variation == "friendly"), 160, 199);
        Assert.All(given, arm => Assert.Equal(chances[arm.Number], arm.Propensity, 9));

        // Who has seen an arm keeps it and the chance they had then, whatever the chances are now.
        var known = (await arms.FindAsync(Shop, new("0"), null, null, Touchpoint.CartPage, Stop))!;
        Assert.Equal(("control", 0.5), (known.Variation, known.Propensity));

        // A fifth of control bought for 20, and half of the other arm.
        var results = (await _host.Client.GetFromJsonAsync<JsonNode>($"/api/shops/{Shop}/experiments/copy/results?now=true", Stop))!["reading"]!;
        Assert.Equal([4.0, 10.0], results["bandit"]!.AsArray().Select(arm => Math.Round(arm!["inverse_propensity"]!["value"]!.GetValue<double>(), 9)));
    }

    [Fact]
    public async Task Hour_TheArmThatSellsBetterHarms_IsGivenToNobody()
    {
        await StartAsync();
        await SeeAsync();
        await _host.Services.GetRequiredService<IJournalStore>().SaveAsync(
            Shop, Enumerable.Range(0, Visitors).Where(i => i % 4 == 1).Select(i => new Outcome($"no-{i}", OutcomeKind.Complaint, _time.GetUtcNow().AddHours(2), new CustomerId($"{i}"))), Stop);

        _time.Advance(TimeSpan.FromDays(8));
        await HourAsync();

        await Eventually.TrueAsync(async () => await ChancesAsync() is [1, 0], "nobody is given the arm that half of its visitors complained of");
    }

    private async Task StartAsync()
    {
        using var settings = await _host.Client.PutAsJsonAsync($"/api/shops/{Shop}/settings", new { currency = "EUR" }, Stop);
        var definition = new
        {
            key = "copy",
            seed = "1",
            touchpoint = "cart_page",
            element = "copy",
            mode = "bandit",
            variations = new object[] { new { name = "control", weight = 1, settings = new { } }, new { name = "friendly", weight = 1, settings = new { headline = "Goes well with it" } } },
        };
        using var put = await _host.Client.PutAsJsonAsync($"/api/shops/{Shop}/experiments/copy", new { by = "ann", definition }, Stop);
        using var start = await _host.Client.PostAsJsonAsync($"/api/shops/{Shop}/experiments/copy/start", new { by = "ann", reason = "to earn" }, Stop);
        Assert.True(start.IsSuccessStatusCode, await start.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Visitors of both arms by turns; a fifth of control buys for 20, and half of the other arm.</summary>
    private async Task SeeAsync()
    {
        var now = _time.GetUtcNow();
        await _host.Services.GetRequiredService<IExposureStore>().SaveAsync(Shop, [.. Enumerable.Range(0, Visitors).Select(i => new Exposure("copy", new($"{i}"), i % 2, 0.5, now))], Stop);
        await _host.Services.GetRequiredService<IJournalStore>().SaveAsync(
            Shop,
            Enumerable.Range(0, Visitors).Where(i => i % 2 == 0 ? i % 10 == 0 : i % 4 == 1).SelectMany(i => new[]
            {
                new Outcome($"order-{i}", OutcomeKind.Order, now.AddHours(1), new CustomerId($"{i}")) { OrderId = new($"order-{i}"), Order = new(OrderStatus.Completed, [new(LineRole.CrossSell, 1)]) },
                new Outcome($"order-{i}", OutcomeKind.Revenue, now.AddHours(1), new CustomerId($"{i}")) { OrderId = new($"order-{i}"), Amount = 20 },
            }),
            Stop);
    }

    /// <summary>What the timer does.</summary>
    private async Task HourAsync()
    {
        _time.Advance(TimeSpan.FromHours(1));
        await ActivatorUtilities.CreateInstance<ReadExperiments>(_host.Services).Run(new TimerInfo(), Stop);
    }

    private async Task<IReadOnlyList<double>> ChancesAsync() =>
        (await _host.Services.GetRequiredService<IExperimentStore>().FindAsync(Shop, "copy", Stop))!.Experiment.Chances ?? [];
}
