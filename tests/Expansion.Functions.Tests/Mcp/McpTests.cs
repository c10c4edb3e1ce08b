using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Rules;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Expansion.Functions.Tests.Mcp;

/// <summary>The endpoint as the SDK's own client sees it, in both eras of the protocol, and on the wire.</summary>
[Trait("Category", "Azurite")]
public sealed class McpTests(AzuriteFixture azurite)
{
    private const string Key = "0123456789abcdef01234567";
    private const string OneShopKey = "one-shop-0123456789abcdef";

    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly ShopId OtherShop = ShopId.From("tea.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Mcp:Clients:0:Name"] = "tests",
        ["Mcp:Clients:0:Key"] = Key,
        ["Mcp:Clients:1:Name"] = "one shop",
        ["Mcp:Clients:1:Key"] = OneShopKey,
        ["Mcp:Clients:1:Shops:0"] = "coffee.example",
        ["Mcp:Origins:0"] = "https://inspector.example",
    };

    [Theory]
    [InlineData(null)]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    public async Task Client_OfEachEra_ListsAndCallsTools(string? version)
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, Key, version);

        var tools = await client.ListToolsAsync(cancellationToken: Stop);
        var shops = await client.CallToolAsync("list_shops", cancellationToken: Stop);

        Assert.True(tools.Count >= 10, $"{tools.Count} tools");
        Assert.NotEqual(true, shops.IsError);
        Assert.Contains("coffee.example", shops.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        Assert.Equal("expansion", client.ServerInfo?.Name);
    }

    [Fact]
    public async Task Tools_AllOfThem_SayWhatTheyDoAndWhetherTheyChangeAnything()
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, Key);

        var tools = await client.ListToolsAsync(cancellationToken: Stop);

        Assert.Equal(tools.Select(tool => tool.Name).Order(StringComparer.Ordinal), tools.Select(tool => tool.Name));
        Assert.All(tools, tool =>
        {
            Assert.Equal(tool.Name != "draft_rule", tool.ProtocolTool.Annotations!.ReadOnlyHint);
            Assert.False(tool.ProtocolTool.Annotations.DestructiveHint);
            Assert.NotEmpty(tool.Title!);
            Assert.True(tool.Description.Length > 60, tool.Name);
            Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
            Assert.True(tool.Name == "list_shops" || tool.JsonSchema.GetProperty("properties").TryGetProperty("shop", out _), $"{tool.Name} asks for the shop");
        });
        var words = string.Join(' ', tools.Select(tool => tool.Description)).ToLowerInvariant();
        Assert.All(["upsell", "cross-sell", "bundle", "affinity", "net revenue retention", "health"], word => Assert.Contains(word, words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tools_AskedForWhatIsNotThere_SayWhatToDo()
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, Key);

        foreach (var (tool, arguments) in new (string, Dictionary<string, object?>)[]
        {
            ("list_actionable_pairs", new() { ["shop"] = "coffee.example" }),
            ("list_actionable_pairs", new() { ["shop"] = "nobody.example" }),
            ("get_pair_explanation", new() { ["shop"] = "coffee.example", ["a"] = "x", ["b"] = "x" }),
            ("get_customer_health", new() { ["shop"] = "coffee.example", ["customer"] = "7001" }),
            ("get_offer_explanation", new() { ["shop"] = "coffee.example", ["offer"] = "none" }),
            ("get_recommendations", new() { ["shop"] = "coffee.example", ["touchpoint"] = "nowhere" }),
            ("get_experiment_status", new() { ["shop"] = "coffee.example", ["experiment"] = "none" }),
            ("get_recurring_revenue", new() { ["shop"] = "coffee.example", ["month"] = "May" }),
            ("draft_rule", new() { ["shop"] = "coffee.example", ["rule"] = new { id = "x", when = new { fact = "nothing" } } }),
        })
        {
            var answer = await client.CallToolAsync(tool, arguments, cancellationToken: Stop);

            Assert.True(answer.IsError, tool);
            Assert.True(answer.Content.OfType<TextContentBlock>().Single().Text.Length > 20, tool);
        }
    }

    [Fact]
    public async Task Tools_WithAnAnswer_GiveItAsStructureAndAsText()
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, Key);

        foreach (var tool in new[] { "get_recommendations", "list_bundle_ideas", "list_rules", "get_metrics", "list_experiments", "get_recurring_revenue" })
        {
            var answer = await client.CallToolAsync(tool, new Dictionary<string, object?> { ["shop"] = "coffee.example" }, cancellationToken: Stop);

            Assert.NotEqual(true, answer.IsError);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer.StructuredContent!.Value.GetRawText()), JsonNode.Parse(answer.Content.OfType<TextContentBlock>().Single().Text)), tool);
        }
    }

    [Fact]
    public async Task DraftRule_New_IsSavedTurnedOffAndNeverChangesOneThatIsThere()
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, Key);
        var rule = JsonNode.Parse("""{"id":"to-pro","enabled":true,"when":{"fact":"plan","is":"Basic"},"then":{"recommend_plan":"Pro"}}""");
        var arguments = new Dictionary<string, object?> { ["shop"] = "coffee.example", ["rule"] = rule };

        var drafted = await client.CallToolAsync("draft_rule", arguments, cancellationToken: Stop);
        var again = await client.CallToolAsync("draft_rule", arguments, cancellationToken: Stop);

        Assert.NotEqual(true, drafted.IsError);
        Assert.True(again.IsError);
        var saved = Assert.Single((await host.Services.GetRequiredService<IRuleStore>().ReadAsync(Shop, Stop)).Rules);
        Assert.Equal(("to-pro", false, 1), (saved.Id, saved.Enabled, saved.Version));
    }

    [Fact]
    public async Task Client_OfOneShop_KnowsNoOther()
    {
        await using var host = await HostAsync();
        await using var client = await ClientAsync(host, OneShopKey);

        var shops = await client.CallToolAsync("list_shops", cancellationToken: Stop);
        Assert.DoesNotContain("tea.example", shops.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        Assert.True((await client.CallToolAsync("list_rules", new Dictionary<string, object?> { ["shop"] = "tea.example" }, cancellationToken: Stop)).IsError);
        Assert.True((await client.CallToolAsync("list_rules", new Dictionary<string, object?> { ["shop"] = "TEA.example" }, cancellationToken: Stop)).IsError);
        Assert.NotEqual(true, (await client.CallToolAsync("list_rules", new Dictionary<string, object?> { ["shop"] = "coffee.example" }, cancellationToken: Stop)).IsError);
    }

    [Theory]
    [InlineData("POST", null, null, 401)]
    [InlineData("POST", "wrong", null, 401)]
    [InlineData("POST", "", null, 401)]
    [InlineData("GET", Key, null, 405)]
    [InlineData("DELETE", Key, null, 405)]
    [InlineData("POST", Key, "https://evil.example", 403)]
    [InlineData("POST", Key, "https://inspector.example", 200)]
    public async Task Request_OfEachKind_IsAnsweredByItsStatus(string method, string? key, string? origin, int status)
    {
        await using var host = await HostAsync();
        using var request = new HttpRequestMessage(new(method), "/api/mcp");
        request.Content = method == "POST" ? new StringContent("""{"jsonrpc":"2.0","id":0,"method":"ping"}""", Encoding.UTF8, "application/json") : null;
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("Origin", origin);

        using var answer = await host.Client.SendAsync(request, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.ToString() == "Bearer");
    }

    [Theory]
    [InlineData("openclaw_2026.9.6_legacy_session.json")]
    [InlineData("inspector_legacy_session.json")]
    [InlineData("inspector_2.12.0_modern_2026-07-28.json")]
    public async Task Request_OfACapturedSession_IsAnsweredAsItWas(string file)
    {
        var path = SharedMaterial.Find("integrations/samples/mcp/" + file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        await using var host = await HostAsync();

        foreach (var exchange in JsonNode.Parse(await File.ReadAllTextAsync(path, Stop))!.AsArray())
        {
            await ReplayAsync(host, exchange!);
        }
    }

    /// <summary>Found by fuzzing: the SDK throws what it can't read of these.</summary>
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"agent"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":"agent","version":"1"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"\ud800name":"agent","version":"1"}}}""")]
    public async Task Request_ThatLacksSomething_IsAnsweredByAnErrorOfTheProtocol(string body)
    {
        await using var host = await HostAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        using var answer = await host.Client.SendAsync(request, Stop);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(-32600, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["error"]!["code"]!);
    }

    /// <summary>The tool that was called is the recorded server's own; ours says that it doesn't know it.</summary>
    private static async Task ReplayAsync(TestHost host, JsonNode exchange)
    {
        var (sent, got) = (exchange["request"]!, exchange["response"]!);
        using var request = new HttpRequestMessage(new((string)sent["method"]!), "/api/mcp");
        request.Content = sent["body"] is { } body ? new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") : null;
        foreach (var (name, value) in sent["headers"]!.AsObject().Where(header => header.Key is not ("content-type" or "authorization")))
        {
            request.Headers.TryAddWithoutValidation(name, (string?)value);
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var answer = await host.Client.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)got["status"]! == (int)answer.StatusCode, $"{sent["body"]?["method"]}: {(int)answer.StatusCode} {text}");
        if (got["body"]?["result"] is JsonObject expected && (string?)sent["body"]!["method"] != "tools/call")
        {
            // An event stream of one message, or the message itself.
            var line = text.Split('\n').FirstOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal));
            var message = JsonNode.Parse(line?[5..] ?? text)!;
            Assert.True(JsonNode.DeepEquals(got["body"]!["id"], message["id"]), text);
            Assert.All(expected.Where(entry => entry.Key != "instructions"), entry => Assert.True(message["result"]![entry.Key] is not null, $"{entry.Key} is missing in {text}"));
        }
    }

    private async Task<TestHost> HostAsync()
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = Settings });
        var shops = host.Services.GetRequiredService<IShopStore>();
        await shops.EnsureAsync(Shop, Stop);
        await shops.EnsureAsync(OtherShop, Stop);
        return host;
    }

    private static Task<McpClient> ClientAsync(TestHost host, string key, string? version = null)
    {
        var transport = new HttpClientTransport(new()
        {
            Endpoint = new Uri(host.Client.BaseAddress!, "/api/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        });
        return McpClient.CreateAsync(transport, new() { ProtocolVersion = version }, cancellationToken: Stop);
    }
}
