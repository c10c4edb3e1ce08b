using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Expansion.Engine.Timing.Signals;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

/// <summary>Two processes of the host on one storage account, which take turns with the same customers at the same time.</summary>
[Trait("Category", "Azurite")]
public sealed class TwoHostsTests(AzuriteFixture azurite)
{
    private const string Shop = "coffee.example";
    private const int Customers = 6;
    private const int Questions = 20;

    [Fact]
    public async Task Hosts_SameCustomersAtOnce_ExceedNoCapAndDoubleNoOffer()
    {
        var storage = azurite.NewAccount();
        await using var first = await HostProcess.StartAsync(storage);
        await using var second = await HostProcess.StartAsync(storage);
        HostProcess[] hosts = [first, second];
        await first.PutAsync($"shops/{Shop}/settings", """{"currency":"USD","time_zone":"UTC"}""");
        await first.PutAsync($"shops/{Shop}/timing", """{"manners":{"per_day":2,"per_session":5,"send_from_hour":0,"send_until_hour":23}}""");
        foreach (var product in new[] { "mug", "filters", "grinder" })
        {
            await first.PutAsync(
                $"rules/{product}?shop={Shop}",
                $$$"""{"id":"{{{product}}}","touchpoints":["cart_page","post_purchase_email"],"when":{"fact":"cart_value","above":1},"then":{"recommend_product":"{{{product}}}"}}""");
        }

        // Both hosts take every customer's carts, each twice under one id, and are asked about them by many pages at once, each page by both.
        await Task.WhenAll(Enumerable.Range(0, Customers).SelectMany(customer => hosts.SelectMany(host => Enumerable.Range(0, Questions).Select(async question =>
        {
            await host.PostAsync($"events?shop={Shop}", Cart(customer, question));
            var answer = await host.PostAsync("offers/next", $$"""{"shop":"{{Shop}}","customer":"{{customer}}","touchpoint":"cart_page","interaction":"page {{question}}"}""");
            Assert.NotNull(answer["id"]);
        }))));

        // The sent ones come through the queue, in their own time.
        await Eventually.TrueAsync(async () => await WaitingAsync(storage, SignalsReceived.Queue) == 0, "every signal is evaluated", TimeSpan.FromMinutes(2));
        for (var customer = 0; customer < Customers; customer++)
        {
            var offers = await OffersAsync(first, customer);
            Assert.InRange(offers.Count, 1, 2);
            Assert.Equal(offers.Count, offers.Distinct().Count());
        }

        Assert.Equal(0, await WaitingAsync(storage, $"{SignalsReceived.Queue}-poison"));
    }

    /// <summary>Ten times over, two tests for one touchpoint, started by two processes at the same time.</summary>
    [Fact]
    public async Task Hosts_TwoExperimentsStartedAtOnceAtATouchpoint_RunOneAndSayWhyNotTheOther()
    {
        var storage = azurite.NewAccount();
        await using var first = await HostProcess.StartAsync(storage);
        await using var second = await HostProcess.StartAsync(storage);
        HostProcess[] hosts = [first, second];
        await first.PutAsync($"shops/{Shop}/settings", "{}");
        for (var round = 0; round < 10; round++)
        {
            string[] keys = [$"a-{round}", $"b-{round}"];
            foreach (var key in keys)
            {
                await first.PutAsync($"shops/{Shop}/experiments/{key}", $$$"""
                    {"by":"ann","definition":{"key":"{{{key}}}","seed":"1","touchpoint":"cart_page","element":"copy","variations":[{"name":"control","weight":1,"settings":{}},{"name":"other","weight":1,"settings":{"headline":"Goes well with it"}}]}}
                    """);
            }

            var answers = await Task.WhenAll(hosts.Select((host, i) => host.SendAsync($"shops/{Shop}/experiments/{keys[i]}/start", """{"by":"ann","reason":"to know"}""")));

            var won = Assert.Single(keys.Index(), key => answers[key.Index].Status == 200);
            Assert.Equal(409, answers[1 - won.Index].Status);
            Assert.Contains($"'{won.Item}' is running at the cart page", answers[1 - won.Index].Text, StringComparison.Ordinal);
            var running = (await second.GetAsync($"shops/{Shop}/experiments?status=running"))["experiments"]!.AsArray();
            Assert.Equal(won.Item, (string)Assert.Single(running)!["key"]!);
            await first.PostAsync($"shops/{Shop}/experiments/{won.Item}/stop", """{"by":"ann","reason":"next"}""");
        }
    }

    private static async Task<IReadOnlyList<string>> OffersAsync(HostProcess host, int customer) =>
        [.. (await host.GetAsync($"offers?shop={Shop}&customer={customer}"))["decisions"]!.AsArray().Where(decision => decision!["offered"] is not null).Select(decision => (string)decision!["offered"]!)];

    /// <summary>Those that are being run among them.</summary>
    private static async Task<int> WaitingAsync(string storage, string name)
    {
        var queue = new QueueClient(storage, name);
        return await queue.ExistsAsync(TestContext.Current.CancellationToken) ? (await queue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount : 0;
    }

    private static string Cart(int customer, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":"cart_changed","id":"{{{customer}}}-{{{number}}}","customer":"{{{customer}}}","at":"{{{DateTimeOffset.UtcNow.AddSeconds(-1):O}}}","total":{"amount":20,"currency":"USD"},"skus":["beans"]}""");

    private sealed class HostProcess : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _client;

        private HostProcess(Process process, string address) => (_process, _client) = (process, new() { BaseAddress = new Uri(address + "/api/") });

        public static async Task<HostProcess> StartAsync(string storage)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(CliApp).Assembly.Location, "serve", "--port", "0"]) { RedirectStandardOutput = true };
            start.Environment["AzureWebJobsStorage"] = storage;
            start.Environment["AzureFunctionsJobHost__logging__logLevel__default"] = "Error";
            var process = Process.Start(start) ?? throw new InvalidOperationException("The host could not be started.");
            var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The host ended without a word.");
            return new(process, said.Split(' ')[2].TrimEnd('.'));
        }

        public async Task<JsonNode> GetAsync(string path) => (await _client.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;

        public async Task PutAsync(string path, string json)
        {
            using var answer = await _client.PutAsync(path, Json(json), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        public async Task<JsonNode> PostAsync(string path, string json)
        {
            using var answer = await _client.PostAsync(path, Json(json), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        }

        /// <summary>Whatever it answers.</summary>
        public async Task<(int Status, string Text)> SendAsync(string path, string json)
        {
            using var answer = await _client.PostAsync(path, Json(json), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        public async ValueTask DisposeAsync()
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
            _client.Dispose();
        }

        private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
    }
}
