using System.Net;
using System.Security.Cryptography;
using System.Text;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Functions.Operations;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Operations;

/// <summary>Every HTTP function there is, by whoever has no business there. A function is in these tests as soon as it has a route.</summary>
[Trait("Category", "Azurite")]
public sealed class AuthorizationTests(AzuriteFixture azurite)
{
    private const string Ours = "ours.example";
    private const string Theirs = "theirs.example";
    private const string MasterKey = "master-key";
    private const string OurKey = "our-key";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["LocalHost:Keys:Master"] = MasterKey,
        ["LocalHost:Keys:Host"] = OurKey,
        ["Access:Keys:ours:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(OurKey))),
        ["Access:Keys:ours:Shops:0"] = Ours,
    };

    private static IEnumerable<FunctionTraits> Guarded => FunctionTraits.All.Values.Where(function => function.Level != AuthorizationLevel.Anonymous);

    private static IEnumerable<FunctionTraits> OfAShop => FunctionTraits.All.Values.Where(function => function.Level == AuthorizationLevel.Function);

    [Fact]
    public async Task EveryFunctionThatAsksForAKey_WithoutOrWithAWrongOne_Is401()
    {
        await using var host = await StartAsync();

        foreach (var function in Guarded)
        {
            await ExpectAsync(HttpStatusCode.Unauthorized, host, function, Path(function, Ours), key: null);
            await ExpectAsync(HttpStatusCode.Unauthorized, host, function, Path(function, Ours), key: "wrong");
            if (function.Level == AuthorizationLevel.Admin)
            {
                await ExpectAsync(HttpStatusCode.Unauthorized, host, function, Path(function, Ours), OurKey);
            }
        }
    }

    [Fact]
    public async Task EveryFunctionOfAShop_WithAnotherShopsKey_Is403()
    {
        await using var host = await StartAsync();

        foreach (var function in OfAShop)
        {
            await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Theirs), OurKey);
            await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Theirs.ToUpperInvariant()), OurKey);
            await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Ours) + $"&shop={Theirs}", OurKey);
            if (!function.TakesFile && MethodOf(function) != HttpMethod.Get)
            {
                await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Ours), OurKey, $$"""{"shop":"{{Ours}}","Shop":"{{Theirs}}"}""");
            }

            if (function.IsOfAllShops)
            {
                await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Ours), OurKey);
            }

            // The host lets the master key in everywhere, but it is listed for no shop.
            await ExpectAsync(HttpStatusCode.Forbidden, host, function, Path(function, Ours), MasterKey);
        }
    }

    [Fact]
    public async Task EveryFunctionOfAShop_WithItsOwnKey_AnswersAndTellsNothingOfOthers()
    {
        await using var host = await StartAsync();
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(ShopId.From(Theirs), default);
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(ShopId.From(Ours), default);

        foreach (var function in OfAShop.Where(function => !function.IsOfAllShops))
        {
            using var answer = await SendAsync(host, function, Path(function, Ours), OurKey, "{}");

            Assert.DoesNotContain(Theirs, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.False(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{function.Name} answers {answer.StatusCode}.");
            Assert.True((int)answer.StatusCode < 500, $"{function.Name} answers {answer.StatusCode}.");
        }
    }

    [Fact]
    public async Task Import_OfAnotherShop_IsUnknownToOurs()
    {
        await using var host = await StartAsync();
        var import = new ImportStatus(Guid.CreateVersion7().ToString("N"), ImportState.Done, DateTimeOffset.UnixEpoch, 1, 1, 0);
        await host.Services.GetRequiredService<IImportStore>().SaveAsync(ShopId.From(Theirs), import, default);

        foreach (var function in OfAShop.Where(function => function.Route.StartsWith("orders/import/{id}", StringComparison.Ordinal)))
        {
            await ExpectAsync(HttpStatusCode.NotFound, host, function, Path(function, Ours).Replace("/1", $"/{import.Id}", StringComparison.Ordinal), OurKey);
        }
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });

    /// <summary>The function's path for a shop, in the route or else in the query; every other part of the route is 1.</summary>
    private static string Path(FunctionTraits function, string shop)
    {
        var parts = function.Route.Split('/').Select(part => part == "{shop}" ? shop : part.StartsWith('{') ? "1" : part);
        return $"/api/{string.Join('/', parts)}?{(function.Route.Contains("{shop}", StringComparison.Ordinal) ? "" : $"shop={shop}")}";
    }

    private static async Task ExpectAsync(HttpStatusCode expected, TestHost host, FunctionTraits function, string path, string? key, string body = "{}")
    {
        using var answer = await SendAsync(host, function, path, key, body);

        Assert.True(expected == answer.StatusCode, $"{function.Name} at {path} answers {answer.StatusCode} instead of {expected}.");
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, FunctionTraits function, string path, string? key, string body)
    {
        var method = MethodOf(function);
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        return await host.Client.SendAsync(request);
    }

    private static HttpMethod MethodOf(FunctionTraits function) => HttpMethod.Parse(function.Methods is [var first, ..] ? first : "GET");
}
