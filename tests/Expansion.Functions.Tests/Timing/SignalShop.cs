using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Functions.Timing;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Timing;

/// <summary>A shop on a host of its own, on a Tuesday noon that lasts until the test says otherwise; besides plans there are filters to offer.</summary>
internal sealed class SignalShop : IAsyncDisposable
{
    public const string Id = "coffee.example";

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly TestHost _host;

    private SignalShop(TestHost host, FakeTimeProvider time) => (_host, Time) = (host, time);

    public FakeTimeProvider Time { get; }

    public HttpClient Client => _host.Client;

    public TestLog Log => _host.Log;

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <param name="time">Another instance's, for a second host on its storage.</param>
    public static async Task<SignalShop> OpenAsync(string account, IReadOnlyDictionary<string, string?>? settings = null, FakeTimeProvider? time = null)
    {
        time ??= new FakeTimeProvider(Noon);
        var host = await TestHost.StartAsync(account, new() { Time = time, Settings = settings ?? new Dictionary<string, string?>(), Services = services => services.AddSingleton<IOfferCandidates>(new FixedCandidates(Filters)) });
        var shop = new SignalShop(host, time);
        await shop.PutAsync("shops/coffee.example/settings", """{"currency":"USD","time_zone":"Europe/Berlin"}""");
        return shop;
    }

    public static Candidate Filters { get; } = new(OfferKind.CrossSell, "filters", 0.5, "affinity") { Title = "Filters", Price = new(12, "USD") };

    /// <summary>A time so long before the shop's noon.</summary>
    public static string Ago(TimeSpan ago) => (Noon - ago).ToString("O", CultureInfo.InvariantCulture);

    public static string Cart(string id, string customer = "ann") =>
        $$"""{"type":"cart_changed","id":"{{id}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.FromMinutes(1))}}","total":{"amount":80,"currency":"USD"},"skus":["beans"]}""";

    public Task<HttpResponseMessage> SendAsync(string events) => Client.PostAsync($"/api/events?shop={Id}", Json(events), TestContext.Current.CancellationToken);

    /// <summary>Sends and waits until each has been taken into account.</summary>
    public async Task TellAsync(params string[] events)
    {
        using var answer = await SendAsync($"[{string.Join(',', events)}]");
        Assert.True((int)answer.StatusCode == 202, $"{await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)} {string.Join('\n', Log.Lines)}");
        foreach (var signal in events.Select(text => JsonNode.Parse(text)!))
        {
            var (customer, id) = ((string)signal["customer"]!, (string)signal["id"]!);
            if (customer != "*")
            {
                await Eventually.TrueAsync(async () => (await CustomerAsync(customer)).Seen.Contains(id), $"{id} is taken into account");
            }
        }
    }

    public async Task<CustomerState> CustomerAsync(string customer = "ann") =>
        (await _host.Services.GetRequiredService<ICustomerStore>().FindAsync(ShopId.From(Id), [new(customer)], TestContext.Current.CancellationToken))[0].Record.State;

    public async Task<JsonNode> NextAsync(string touchpoint = "cart_page", string customer = "ann", string? interaction = null)
    {
        using var answer = await Client.PostAsJsonAsync("/api/offers/next", new { shop = Id, customer, touchpoint, interaction }, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Client.GetFromJsonAsync<JsonNode>($"/api/{path}", TestContext.Current.CancellationToken))!;

    public async Task<JsonNode> PutAsync(string path, string json)
    {
        using var answer = await Client.PutAsync($"/api/{path}", Json(json), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Starts what takes a while, and waits for its end.</summary>
    public async Task DoneAsync(string path, string body)
    {
        using var accepted = await Client.PostAsync($"/api/{path}", new StringContent(body), TestContext.Current.CancellationToken);
        Assert.Equal(202, (int)accepted.StatusCode);
        await Eventually.TrueAsync(
            async () => (string?)(await Client.GetFromJsonAsync<JsonNode>(accepted.Headers.Location, TestContext.Current.CancellationToken))!["state"] == "done", $"{path} is done");
    }

    /// <summary>The decisions about a customer that were offers, newest first.</summary>
    public async Task<IReadOnlyList<string?>> OffersAsync(string customer = "ann") =>
        [.. (await GetAsync($"offers?shop={Id}&customer={customer}"))["decisions"]!.AsArray().Where(decision => decision!["offered"] is not null).Select(decision => (string?)decision!["offered"])];

    /// <summary>Lets time pass, and has a timer do at its end what it does by itself every minute or so.</summary>
    public async Task PassAsync<TTimer>(TimeSpan time, Func<TTimer, CancellationToken, Task> run)
        where TTimer : class
    {
        Time.Advance(time);
        await run(ActivatorUtilities.CreateInstance<TTimer>(_host.Services), TestContext.Current.CancellationToken);
    }

    public Task ReleaseAsync(TimeSpan after) => PassAsync<ReleaseScheduledOffers>(after, (timer, cancel) => timer.Run(new TimerInfo(), cancel));

    public Task ReviewAsync() => PassAsync<ReviewAnswers>(TimeSpan.Zero, (timer, cancel) => timer.Run(new TimerInfo(), cancel));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private sealed class FixedCandidates(params Candidate[] candidates) : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) => Task.FromResult(new ProposedCandidates(candidates, "1"));
    }
}
