using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Expansion.Testing.Shopify;

/// <summary>A shop's Admin API on this machine, which answers in Shopify's recorded shapes, or as badly as a test wants.</summary>
public sealed class ShopifyAdminFake : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopifyAdminFake(WebApplication app) => _app = app;

    public const string Token = "shpat_test";

    public string Address => _app.Urls.Single();

    /// <summary>Comes before every answer; null to go on. Takes requests to the API and to files alike.</summary>
    public Func<HttpContext, Task<bool>>? Trouble { get; set; }

    /// <summary>The file of the next export; null for one without orders.</summary>
    public byte[]? File { get; set; }

    /// <summary>What an export is found to be.</summary>
    public string Status { get; set; } = "COMPLETED";

    /// <summary>The queries of the exports that were started.</summary>
    public ConcurrentQueue<string> Exports { get; } = [];

    /// <summary>What the app may do.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];

    /// <summary>The value of each product's list, by product id.</summary>
    public ConcurrentDictionary<string, string> Lists { get; } = [];

    /// <summary>The product of each variant, by SKU.</summary>
    public Dictionary<string, string> ProductOf { get; } = [];

    public static async Task<ShopifyAdminFake> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new ShopifyAdminFake(app);
        app.Use(async (context, next) =>
        {
            if (fake.Trouble is not { } trouble || !await trouble(context))
            {
                await next();
            }
        });
        app.MapPost("/admin/api/{version}/graphql.json", fake.AnswerAsync);
        app.MapGet("/files/orders.jsonl", () => Results.Bytes(fake.File!));
        await app.StartAsync();
        return fake;
    }

    /// <summary>The settings of a host that asks it.</summary>
    public Dictionary<string, string?> Settings => new(ShopifySender.Settings)
    {
        ["Shopify:AdminAddress"] = Address,
        ["Shopify:Shops:0:AccessToken"] = Token,
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        if (request.Headers["X-Shopify-Access-Token"] != Token)
        {
            return Results.Text("""{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}""", "application/json", statusCode: 401);
        }

        var asked = (await JsonNode.ParseAsync(request.Body))!;
        var (query, variables) = ((string)asked["query"]!, asked["variables"]!);
        return Results.Text(Answer(query, variables).ToJsonString(), "application/json");
    }

    private JsonObject Answer(string query, JsonNode variables)
    {
        if (query.Contains("bulkOperationRunQuery", StringComparison.Ordinal))
        {
            Exports.Enqueue((string)variables["query"]!);
            return Data("bulkOperationRunQuery", new JsonObject
            {
                ["bulkOperation"] = new JsonObject { ["id"] = $"gid://shopify/BulkOperation/{Exports.Count}", ["status"] = "CREATED" },
                ["userErrors"] = new JsonArray(),
            });
        }

        if (query.Contains("BulkOperation", StringComparison.Ordinal))
        {
            return Data("node", new JsonObject
            {
                ["id"] = (string)variables["id"]!,
                ["status"] = Status,
                ["errorCode"] = Status == "FAILED" ? "INTERNAL_SERVER_ERROR" : null,
                ["objectCount"] = "6",
                ["fileSize"] = File?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["url"] = Status == "COMPLETED" && File is not null ? $"{Address}/files/orders.jsonl" : null,
                ["partialDataUrl"] = null,
            });
        }

        if (query.Contains("accessScopes", StringComparison.Ordinal))
        {
            return Data("currentAppInstallation", new JsonObject { ["accessScopes"] = new JsonArray([.. Scopes.Select(scope => new JsonObject { ["handle"] = scope })]) });
        }

        if (query.Contains("productVariants", StringComparison.Ordinal))
        {
            return Data("productVariants", new JsonObject { ["nodes"] = new JsonArray([.. ProductOf.Select(entry => Variant(entry.Key, entry.Value))]) });
        }

        if (query.Contains("nodes(ids", StringComparison.Ordinal))
        {
            return Data("nodes", new JsonArray([.. variables["ids"]!.AsArray().Select(id => Product((string)id!))]));
        }

        if (query.Contains("metafieldsSet", StringComparison.Ordinal))
        {
            foreach (var field in variables["metafields"]!.AsArray())
            {
                Lists[(string)field!["ownerId"]!] = (string)field["value"]!;
            }

            return Data("metafieldsSet", new JsonObject { ["metafields"] = new JsonArray(), ["userErrors"] = new JsonArray() });
        }

        foreach (var field in variables["metafields"]!.AsArray())
        {
            Lists.TryRemove((string)field!["ownerId"]!, out _);
        }

        return Data("metafieldsDelete", new JsonObject { ["deletedMetafields"] = new JsonArray(), ["userErrors"] = new JsonArray() });
    }

    private JsonObject Variant(string sku, string product) => new()
    {
        ["id"] = $"gid://shopify/ProductVariant/{product.Split('/')[^1]}1",
        ["sku"] = sku,
        ["product"] = Product(product),
    };

    private JsonObject Product(string id) => new()
    {
        ["id"] = id,
        ["metafield"] = Lists.TryGetValue(id, out var list) ? new JsonObject { ["value"] = list } : null,
    };

    private static JsonObject Data(string name, JsonNode content) => new()
    {
        ["data"] = new JsonObject { [name] = content },
        ["extensions"] = new JsonObject { ["cost"] = new JsonObject { ["requestedQueryCost"] = 10, ["throttleStatus"] = JsonSerializer.SerializeToNode(new { maximumAvailable = 2000.0, currentlyAvailable = 1990, restoreRate = 100.0 }) } },
    };
}
