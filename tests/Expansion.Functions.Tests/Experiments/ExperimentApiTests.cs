using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Experiments;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Experiments;

/// <summary>An experiment's life over HTTP, on real storage.</summary>
[Trait("Category", "Azurite")]
public sealed class ExperimentApiTests(AzuriteFixture azurite)
{
    private const string Shop = "/api/shops/coffee.example";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Experiment_FromDraftToConclusion_IsAuditedWithWhoWhenAndWhy()
    {
        await using var host = await HostAsync(azurite.NewAccount());
        await OkAsync(PutAsync(host, "copy", "checkout"));
        await OkAsync(PutAsync(host, "copy", "cart_page"));
        await OkAsync(StepAsync(host, "copy", "start"));
        _time.Advance(TimeSpan.FromDays(1));
        await OkAsync(StepAsync(host, "copy", "pause"));
        await OkAsync(StepAsync(host, "copy", "resume"));
        await OkAsync(StepAsync(host, "copy", "stop"));
        await OkAsync(StepAsync(host, "copy", "conclude"));

        var experiment = (await host.Client.GetFromJsonAsync<JsonNode>($"{Shop}/experiments/copy", TestContext.Current.CancellationToken))!;
        Assert.Equal("concluded", Text(experiment["status"]));
        Assert.Equal(
            ["drafted", "changed the draft", "started: because", "paused: because", "went on: because", "stopped: because", "concluded: because"],
            experiment["audit"]!.AsArray().Select(entry => Text(entry!["what"])));
        Assert.All(experiment["audit"]!.AsArray(), entry => Assert.Equal("ann", Text(entry!["by"])));
        Assert.Equal(HttpStatusCode.Conflict, (await StepAsync(host, "copy", "start")).StatusCode);
        var listed = (await host.Client.GetFromJsonAsync<JsonNode>($"{Shop}/experiments?status=concluded", TestContext.Current.CancellationToken))!["experiments"]!.AsArray();
        Assert.Equal(("copy", "cart_page"), (Text(Assert.Single(listed)!["key"]), Text(listed[0]!["touchpoint"])));
    }

    [Theory]
    [InlineData("other/visitors?variation=control", HttpStatusCode.NotFound, "has no experiment 'other'")]
    [InlineData("copy/visitors?variation=nobody", HttpStatusCode.BadRequest, "it must be one of control, ")]
    [InlineData("copy/visitors?variation=control", HttpStatusCode.OK, "\"visitors\":[],\"more\":false")]
    public async Task Visitors_OfAVariation_AreThoseOfAKnownOne(string path, HttpStatusCode status, string text)
    {
        await using var host = await HostAsync(azurite.NewAccount());
        await OkAsync(PutAsync(host, "copy", "checkout"));

        using var answer = await host.Client.GetAsync($"{Shop}/experiments/{path}", TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(text, (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>Two hosts, eight tests at two touchpoints, all started at once: whatever the order, one a touchpoint runs.</summary>
    [Fact]
    public async Task Start_FromTwoHostsAtOnce_RunsOneAtATouchpoint()
    {
        var account = azurite.NewAccount();
        await using var one = await HostAsync(account);
        await using var two = await HostAsync(account);
        string[] keys = [.. Enumerable.Range(0, 8).Select(i => $"test-{i}")];
        foreach (var (i, key) in keys.Index())
        {
            await OkAsync(PutAsync(one, key, i % 2 == 0 ? "cart_page" : "checkout"));
        }

        var answers = await Task.WhenAll(keys.Select((key, i) => StepAsync(i % 4 < 2 ? one : two, key, "start")));

        Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(6, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var store = two.Services.GetRequiredService<IExperimentStore>();
        var running = await store.RunningAsync(ShopId.From("coffee.example"), TestContext.Current.CancellationToken);
        Assert.Equal(2, running.Experiments.Select(experiment => experiment.Definition.Touchpoint).Distinct().Count());
        Assert.Equal(2, running.Experiments.Count);
        Assert.Equal(2, await store.ListAsync(ShopId.From("coffee.example"), TestContext.Current.CancellationToken).CountAsync(experiment => experiment.Status == ExperimentStatus.Running, TestContext.Current.CancellationToken));

        // The first one's end lets the next one in, from the other host.
        var first = running.Experiments.First(experiment => experiment.Definition.Touchpoint == Engine.Recommendations.Touchpoint.CartPage).Definition.Key;
        await OkAsync(StepAsync(two, first, "stop"));
        await OkAsync(StepAsync(one, keys.First(key => key != first && Array.IndexOf(keys, key) % 2 == 0), "start"));
    }

    [Theory]
    [InlineData("""{"by":"ann","definition":{"key":"other","seed":"1","touchpoint":"cart_page","element":"copy","variations":[]}}""", "definition.key")]
    [InlineData("""{"by":" ","definition":{"key":"copy","seed":"1","touchpoint":"cart_page","element":"copy","variations":[]}}""", "by")]
    [InlineData("""{"by":"ann","definition":{"key":"copy","seed":"1","touchpoint":"cart_page","element":"copy","variations":[]}}""", "variations")]
    [InlineData("""{"by":"ann","definition":{"key":"copy","seed":"1","touchpoint":"cart_page","element":"copy","variations":[null,null]}}""", "")]
    [InlineData("""{"by":"ann","definition":{"key":"copy","seed":"1","touchpoint":"cart_page","element":"copy","variations":[{"name":"a","weight":1,"settings":{}},{"name":"b","weight":1,"settings":{"gift":"mug"}}]}}""", "variations.b.gift")]
    [InlineData("""{"by":"ann","definition":{"key":"copy","seed":"1","touchpoint":"cart_page","element":"product_combination","variations":[{"name":"a","weight":1,"settings":{}},{"name":"b","weight":1,"settings":{"ranking":"profit"}}]}}""", "variations.b.ranking")]
    public async Task Put_Mistake_IsNamed(string body, string path)
    {
        await using var host = await HostAsync(azurite.NewAccount());

        var answer = await host.Client.PutAsync($"{Shop}/experiments/copy", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(path, (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Start_OfARankingByMarginWithoutCosts_IsRefusedUntilOneIsKnown()
    {
        await using var host = await HostAsync(azurite.NewAccount());
        await OkAsync(host.Client.PutAsJsonAsync(
            $"{Shop}/experiments/shelf",
            new
            {
                by = "ann",
                definition = new
                {
                    key = "shelf",
                    seed = "1",
                    touchpoint = "cart_page",
                    element = "product_combination",
                    variations = new object[] { new { name = "affinity", weight = 1, settings = new { ranking = "affinity" } }, new { name = "margin", weight = 1, settings = new { ranking = "margin" } } },
                },
            },
            TestContext.Current.CancellationToken));

        var refused = await StepAsync(host, "shelf", "start");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("no product has a known cost", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await OkAsync(host.Client.PostAsJsonAsync($"{Shop}/product-terms", new[] { new { sku = "mug", cost = new { amount = 8, currency = "EUR" }, stock = 5 } }, TestContext.Current.CancellationToken));
        await OkAsync(StepAsync(host, "shelf", "start"));
    }

    [Fact]
    public async Task Results_WithoutVisitorsAndMetricsWithoutOutcomes_AreAnswersAndNoNumbers()
    {
        await using var host = await HostAsync(azurite.NewAccount());
        await OkAsync(PutAsync(host, "copy", "cart_page"));
        Assert.Equal(HttpStatusCode.Conflict, (await host.Client.GetAsync($"{Shop}/experiments/copy/results", TestContext.Current.CancellationToken)).StatusCode);
        await OkAsync(StepAsync(host, "copy", "start"));

        var reading = (await host.Client.GetFromJsonAsync<JsonNode>($"{Shop}/experiments/copy/results", TestContext.Current.CancellationToken))!["reading"]!;
        Assert.Equal("Broken: an arm has no visitors.", Text(reading["verdict"]!["words"]));
        Assert.Equal("no_data", Text(reading["treatments"]![0]!["conversion"]!["status"]));
        foreach (var by in new[] { "day", "week", "month" })
        {
            var metrics = (await host.Client.GetFromJsonAsync<JsonNode>($"{Shop}/metrics?by={by}&from=2026-01-30&to=2026-02-02", TestContext.Current.CancellationToken))!;
            Assert.All(metrics["periods"]!.AsArray().SelectMany(period => period!["metrics"]!.AsObject()), metric => Assert.Null(metric.Value!["value"]));
            Assert.Equal(by switch { "day" => 4, "week" => 2, _ => 2 }, metrics["periods"]!.AsArray().Count);
        }

        foreach (var path in new[] { "metrics?by=year", "metrics?slice=planet:mars", "metrics?from=2026-03-02&to=2026-03-01", "metrics?from=2020-01-01&to=2026-01-01", "metrics?form=2026-01-01" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync($"{Shop}/{path}", TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("""[{"id":"1","kind":"satisfaction","at":"2026-03-01T00:00:00Z","amount":6}]""")]
    [InlineData("""[{"id":"1","kind":"revenue","at":"2026-03-01T00:00:00Z","amount":-1}]""")]
    [InlineData("""[{"id":"1","kind":"order","at":"2026-03-01T00:00:00Z"}]""")]
    [InlineData("""[{"id":"1","kind":"click","at":"2026-03-02T00:00:00Z"}]""")]
    [InlineData("""[{"id":"","kind":"click","at":"2026-03-01T00:00:00Z"}]""")]
    [InlineData("[null]")]
    public async Task Outcomes_Mistake_IsNamedByItsPlace(string body)
    {
        await using var host = await HostAsync(azurite.NewAccount());

        var answer = await host.Client.PostAsync($"{Shop}/outcomes", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["[0]"], (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Plan_TenPercentOfThreePercent_NamesVisitorsAndWholeWeeks()
    {
        await using var host = await HostAsync(azurite.NewAccount());

        var answer = await host.Client.PostAsJsonAsync("/api/experiments/plan", new { baseline = 0.03, lift = 0.1, daily_visitors = 5000, days = 28 }, TestContext.Current.CancellationToken);
        var plan = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

        // Fleiss, Levin, Paik for 3 % against 3.3 %, two-sided 5 %, power 80 %.
        Assert.Equal(53210, plan["plan"]!["n_control"]!.GetValue<long>(), 10.0);
        Assert.Equal(0, plan["plan"]!["days_max"]!.GetValue<long>() % 7);
        Assert.InRange(plan["expected_total_if_true"]!.GetValue<double>(), 70_000, 80_000);
        Assert.InRange(plan["detectable_lift"]!.GetValue<double>(), 0.08, 0.1);
        foreach (var nonsense in new object[] { new { baseline = 0, lift = 0.1 }, new { baseline = 0.03, lift = 0 }, new { baseline = 0.9, lift = 0.5 }, new { mean = 1, deviation = 0, lift = 0.1 }, new { lift = 0.1 } })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.PostAsJsonAsync("/api/experiments/plan", nonsense, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private async Task<TestHost> HostAsync(string account)
    {
        var host = await TestHost.StartAsync(account, new() { Time = _time });
        (await host.Client.PutAsJsonAsync($"{Shop}/settings", new { }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return host;
    }

    private static Task<HttpResponseMessage> PutAsync(TestHost host, string key, string touchpoint) => host.Client.PutAsJsonAsync(
        $"{Shop}/experiments/{key}",
        new
        {
            by = "ann",
            definition = new
            {
                key,
                seed = "2026-03",
                touchpoint,
                element = "copy",
                variations = new object[] { new { name = "control", weight = 1, settings = new { } }, new { name = "friendly", weight = 1, settings = new { headline = "Goes well with it" } } },
            },
        },
        TestContext.Current.CancellationToken);

    private static Task<HttpResponseMessage> StepAsync(TestHost host, string key, string step) =>
        host.Client.PostAsJsonAsync($"{Shop}/experiments/{key}/{step}", new { by = "ann", reason = "because" }, TestContext.Current.CancellationToken);

    private static async Task OkAsync(Task<HttpResponseMessage> answer)
    {
        var response = await answer;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
