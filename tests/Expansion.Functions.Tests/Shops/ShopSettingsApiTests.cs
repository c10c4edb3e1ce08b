using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Functions.Shops;
using Expansion.Testing;

namespace Expansion.Functions.Tests.Shops;

[Trait("Category", "Azurite")]
public sealed class ShopSettingsApiTests(AzuriteFixture azurite)
{
    private const string Path = "/api/shops/coffee.example/settings";

    [Fact]
    public async Task PutShopSettings_NewShop_IsAddedAndReadBackWithDefaults()
    {
        await using var host = await StartAsync();
        Assert.Equal(404, (await Problem.OfAsync(await host.Client.GetAsync(Path, TestContext.Current.CancellationToken))).Status);

        using var saved = await PutAsync(host, """{"min_support":0.01,"time_zone":"Europe/Berlin","currency":"EUR"}""");
        using var read = await host.Client.GetAsync(Path, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)saved.StatusCode);
        var settings = (await read.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal((0.01, 1.5, 5, 24, "Europe/Berlin", "EUR"), (
            (double)settings["min_support"]!, (double)settings["min_lift"]!, (int)settings["min_count"]!, (int)settings["window_months"]!, (string?)settings["time_zone"], (string?)settings["currency"]));
        Assert.Equal(Version(saved), Version(read));
    }

    [Fact]
    public async Task PutShopSettings_IfMatchOfAnOlderVersion_IsRefusedAndChangesNothing()
    {
        await using var host = await StartAsync();
        using var first = await PutAsync(host, """{"min_count":6}""");
        using var second = await PutAsync(host, """{"min_count":7}""", Version(first));
        Assert.Equal(200, (int)second.StatusCode);

        using var late = await PutAsync(host, """{"min_count":8}""", Version(first));

        Assert.Equal((409, "The settings were changed by somebody else: read them again and repeat."), await Problem.OfAsync(late));
        using var any = await PutAsync(host, """{"min_count":9}""", "*");
        Assert.Equal(9, (int)(await any.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["min_count"]!);
    }

    [Theory]
    [InlineData("""{"min_suport":0.01}""", "The body is not a settings document: The JSON property 'min_suport' could not be mapped")]
    [InlineData("""{"min_count":"many"}""", "The body is not a settings document: ")]
    [InlineData("null", "The body is empty: send the settings as a JSON object; {} means all defaults.")]
    public async Task PutShopSettings_BadBody_SaysWhatToDo(string body, string detail)
    {
        await using var host = await StartAsync();

        var problem = await Problem.OfAsync(await PutAsync(host, body));

        Assert.Equal(400, problem.Status);
        Assert.StartsWith(detail, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await host.Client.GetAsync(Path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task PutShopSettings_InvalidValues_NamesEveryOne()
    {
        await using var host = await StartAsync();

        using var answer = await PutAsync(host, """{"min_support":3,"window_months":25,"currency":"euro"}""");

        Assert.Equal(400, (int)answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["errors"]!.AsObject();
        Assert.Equal(["currency", "min_support", "window_months"], errors.Select(error => error.Key).Order());
        Assert.Equal("must be a share from 0 to 1, e.g. 0.03 for 3 %", (string?)errors["min_support"]![0]);
    }

    [Fact]
    public async Task PutShopSettings_NoShopsName_IsRefused()
    {
        await using var host = await StartAsync();

        var problem = await Problem.OfAsync(await host.Client.PutAsJsonAsync("/api/shops/no_shop/settings", new { }, TestContext.Current.CancellationToken));

        Assert.Equal((400, "'no_shop' is no shop: use 1 to 100 of the letters a-z, digits, dots and hyphens, e.g. 'coffee.myshopify.com'."), problem);
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite.NewAccount(), new() { Functions = [typeof(GetShopSettings), typeof(PutShopSettings)] });

    private static string Version(HttpResponseMessage answer) => answer.Headers.GetValues("ETag").Single();

    private static async Task<HttpResponseMessage> PutAsync(TestHost host, string body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
