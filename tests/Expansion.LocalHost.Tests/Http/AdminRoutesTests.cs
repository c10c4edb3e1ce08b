using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Expansion.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.LocalHost.Tests.Http;

[Trait("Category", "Azurite")]
public sealed class AdminRoutesTests(AzuriteFixture azurite)
{
    public sealed class Samples(Probe probe)
    {
        [Function("Shelf")]
        public static IResult Shelf([HttpTrigger(AuthorizationLevel.Function, "put", "get", Route = "shelf/{id}")] HttpRequest request, string id) => Results.Text(request.Method + id);

        [Function("Night")]
        public async Task Night([TimerTrigger("0 30 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            await probe.PassAsync(cancellationToken);
            probe.Seen.Enqueue($"night {timer.IsPastDue}");
        }

        [Function("Message")]
        public void Message([QueueTrigger("messages")] string message, string? id, long dequeueCount) => probe.Seen.Enqueue($"{message} {id ?? "none"} {dequeueCount}");
    }

    private readonly Probe _probe = new();

    private Task<TestHost> StartAsync(params (string Name, string Value)[] settings) => TestHost.StartAsync(azurite.NewAccount(), new()
    {
        Functions = [typeof(Samples)],
        Services = services => services.AddSingleton(_probe),
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
    });

    [Fact]
    public async Task Start_OfATimer_IsAcceptedBeforeItEndsAndAwaitedAtTheStop()
    {
        await using var host = await StartAsync(("AzureWebJobs.Night.Disabled", "true"));

        using var response = await host.Client.PostAsJsonAsync("/admin/functions/night", new { input = "" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");
        var stop = host.StopAsync();
        Assert.True(await Eventually.StaysOpenAsync(stop));
        _probe.Gate.SetResult();
        await stop;
        Assert.Equal(["night False"], _probe.Seen);
    }

    [Fact]
    public async Task Start_OfAQueueFunction_HandsOverTheInputWithoutAnId()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.PostAsJsonAsync("/admin/functions/Message", new { input = "hello" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Eventually.TrueAsync(() => !_probe.Seen.IsEmpty, "it ran");
        Assert.Equal(["hello none 0"], _probe.Seen);
    }

    [Theory]
    [InlineData("Nothing", "{}", HttpStatusCode.NotFound)]
    [InlineData("Shelf", "{}", HttpStatusCode.BadRequest)]
    [InlineData("Message", "", HttpStatusCode.BadRequest)]
    [InlineData("Message", "[]", HttpStatusCode.BadRequest)]
    public async Task Start_OfAnotherOrWithoutJson_IsRefused(string function, string body, HttpStatusCode status)
    {
        await using var host = await StartAsync();

        using var response = await host.Client.PostAsync($"/admin/functions/{function}", new StringContent(body));

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(_probe.Seen);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("host-key", HttpStatusCode.Unauthorized)]
    [InlineData("master-key", HttpStatusCode.OK)]
    public async Task Admin_KeysAreConfigured_NeedsTheMaster(string? key, HttpStatusCode status)
    {
        await using var host = await StartAsync(("LocalHost:Keys:Master", "master-key"), ("LocalHost:Keys:Host", "host-key"));
        host.Client.DefaultRequestHeaders.Add("x-functions-key", key);

        foreach (var path in new[] { "/admin/host/status", "/admin/functions" })
        {
            using var response = await host.Client.GetAsync(path);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(status == HttpStatusCode.OK, (await response.Content.ReadAsByteArrayAsync()).Length > 0);
        }
        using var start = await host.Client.PostAsJsonAsync("/admin/functions/Message", new { input = "hello" });
        Assert.Equal(status == HttpStatusCode.OK ? HttpStatusCode.Accepted : status, start.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("host-key", HttpStatusCode.OK)]
    public async Task Function_KeysAreConfigured_NeedsOne(string? key, HttpStatusCode status)
    {
        await using var host = await StartAsync(("LocalHost:Keys:Host", "host-key"));

        using var response = await host.Client.GetAsync(key is null ? "/api/shelf/7" : $"/api/shelf/7?code={key}");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? "GET7" : "", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Functions_OfTheHost_AreListedWithTriggerRouteMethodsAndLevel()
    {
        await using var host = await StartAsync();

        var functions = await host.Client.GetFromJsonAsync<JsonElement[]>("/admin/functions");

        Assert.Equal(
            [
                """{"name":"Message","trigger":"queueTrigger","is_disabled":false,"queue":"messages"}""",
                """{"name":"Night","trigger":"timerTrigger","is_disabled":false,"schedule":"0 30 2 * * *"}""",
                """{"name":"Shelf","trigger":"httpTrigger","is_disabled":false,"route":"/api/shelf/{id}","methods":["GET","PUT"],"auth_level":"function"}""",
            ],
            functions!.Select(function => function.GetRawText()));
    }

    [Fact]
    public async Task Home_SaysWhatTheHostIsFor()
    {
        await using var host = await StartAsync();

        Assert.Contains("development and test host", await host.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal("Running", (await host.Client.GetFromJsonAsync<JsonElement>("/admin/host/status")).GetProperty("state").GetString());
    }
}
