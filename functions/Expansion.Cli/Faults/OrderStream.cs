using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;

namespace Expansion.Cli.Faults;

/// <summary>
/// A shop's webhooks as Shopify sends them: new orders, changed ones, and repeats, each until it is taken. Remembers what was taken: that is what must
/// be there in the end.
/// </summary>
internal sealed class OrderStream(Deliveries deliveries, int seed)
{
    public const string Domain = "faults.myshopify.com";
    public const string Secret = "faults-secret";

    /// <summary>This one and those before, in which its orders lie.</summary>
    public const int Months = 4;
    private const int Products = 12;

    private readonly Random _random = new(seed);

    /// <summary>The last version of each order; ids count from 1.</summary>
    private readonly List<int> _versions = [];

    public static ShopId Shop { get; } = ShopId.From(Domain);

    public static IReadOnlyList<string> Skus { get; } = [.. Enumerable.Range(1, Products).Select(number => $"sku-{number}")];

    public int Count => _versions.Count;

    /// <summary>The last version of every order, as SKUs.</summary>
    public IReadOnlyDictionary<string, string[]> Expected =>
        _versions.Select((version, index) => (Id: index + 1, version)).ToDictionary(order => order.Id.ToString(CultureInfo.InvariantCulture), order => SkusOf(order.Id, order.version));

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await SendAsync();
        }
    }

    public async Task SendAsync()
    {
        var (topic, delivery, body) = Next();
        await DeliverAsync(topic, delivery, body);
    }

    private (string Topic, string Delivery, byte[] Body) Next()
    {
        lock (_versions)
        {
            if (_versions.Count == 0 || _random.Next(4) > 0)
            {
                _versions.Add(0);
                return ("orders/create", $"{_versions.Count}-0", Body(_versions.Count, 0));
            }

            // Half of them change the order; the others are repeats, which must change nothing.
            var id = _random.Next(_versions.Count) + 1;
            var version = _versions[id - 1] += _random.Next(2);
            return ("orders/updated", $"{id}-{version}", Body(id, version));
        }
    }

    /// <summary>
    /// Most of a family of three products, now and then with a stranger, so that there are pairs to count. What a version holds depends on nothing but the order
    /// and the version, so that a repeat is one.
    /// </summary>
    private static string[] SkusOf(int id, int version)
    {
        var random = new Random((id * 31) + version);
        var families = Skus.Chunk(3).ToList();
        var family = families[random.Next(families.Count)].OrderBy(_ => random.Next()).Take(random.Next(2, 4)).ToList();
        return [.. family.Union(random.Next(3) == 0 ? [Skus[random.Next(Products)]] : [])];
    }

    private Task DeliverAsync(string topic, string delivery, byte[] body) => deliveries.PostAsync("api/shopify/webhooks", body, new Dictionary<string, string>
    {
        ["X-Shopify-Topic"] = topic,
        ["X-Shopify-Shop-Domain"] = Domain,
        ["X-Shopify-Webhook-Id"] = delivery,
        ["X-Shopify-Triggered-At"] = "2026-03-01T10:00:00Z",
        ["X-Shopify-Hmac-Sha256"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)),
    });

    private static byte[] Body(int id, int version)
    {
        var ordered = DateTimeOffset.UtcNow.Date.AddDays(-20 - (id % 60));
        var changed = DateTimeOffset.UtcNow.Date.AddDays(-10).AddSeconds(version).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var lines = SkusOf(id, version).Select((sku, index) => (JsonNode)new JsonObject
        {
            ["id"] = (id * 100) + index,
            ["sku"] = sku,
            ["title"] = sku,
            ["name"] = sku,
            ["quantity"] = 1,
            ["current_quantity"] = 1,
            ["price"] = "10.00",
            ["product_id"] = null,
            ["variant_id"] = null,
            ["discount_allocations"] = new JsonArray(),
        });
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = id,
            ["admin_graphql_api_id"] = $"gid://shopify/Order/{id}",
            ["cancelled_at"] = null,
            ["currency"] = "USD",
            ["financial_status"] = "paid",
            ["test"] = false,
            ["created_at"] = ordered.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["updated_at"] = changed,
            ["customer"] = new JsonObject { ["id"] = id % 50 },
            ["line_items"] = new JsonArray([.. lines]),
            ["refunds"] = new JsonArray(),
        }.ToJsonString());
    }
}
