using System.Globalization;
using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Connectors.Shopify.Admin;

/// <summary>
/// A shop's own lists of what goes with each product, which its theme shows: a metafield of Shopify's Search &amp; Discovery app.
/// https://shopify.dev/docs/apps/build/metafields
/// </summary>
public sealed class ComplementaryProducts(ShopifyAdmin admin)
{
    /// <summary>As many as Shopify shows of one.</summary>
    public const int MostOfAList = 10;

    private const string Namespace = "shopify--discovery--product_recommendation";
    private const string Key = "complementary_products";

    /// <summary>What one call may set, and what one search may name.</summary>
    private const int AtOnce = 25;

    private const string Find = $$"""
        query ($query: String!) { productVariants(first: 250, query: $query) { nodes { id sku product { id metafield(namespace: "{{Namespace}}", key: "{{Key}}") { value } } } } }
        """;

    private const string Look = $$"""
        query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { id metafield(namespace: "{{Namespace}}", key: "{{Key}}") { value } } } }
        """;

    private const string Set = """
        mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message } } }
        """;

    private const string Delete = """
        mutation ($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) { deletedMetafields { key } userErrors { field message } } }
        """;

    /// <summary>Those of the SKUs that the shop has. A SKU that several products have names none.</summary>
    public async Task<IReadOnlyDictionary<Sku, ListedProduct>> FindAsync(ShopId shop, IReadOnlyCollection<Sku> skus, CancellationToken cancellationToken)
    {
        var found = new List<(Sku Sku, ListedProduct Product)>();
        foreach (var some in skus.Distinct().Chunk(AtOnce))
        {
            var data = await admin.AskAsync(shop, Find, new { query = string.Join(" OR ", some.Select(Search)) }, cancellationToken);
            found.AddRange(data.Of("productVariants").Of("nodes") is { ValueKind: JsonValueKind.Array } nodes ? nodes.EnumerateArray().SelectMany(Read) : []);
        }

        var wanted = skus.ToHashSet();
        return found.Where(entry => wanted.Contains(entry.Sku)).GroupBy(entry => entry.Sku).Where(entries => entries.DistinctBy(entry => entry.Product.Id).Count() == 1)
            .ToDictionary(entries => entries.Key, entries => entries.First().Product);
    }

    /// <summary>What is on the lists of products that the shop still has; null for an empty one.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> ListsAsync(ShopId shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<string, string?>();
        foreach (var ids in products.Chunk(AtOnce))
        {
            var data = await admin.AskAsync(shop, Look, new { ids }, cancellationToken);
            foreach (var product in data.Of("nodes") is { ValueKind: JsonValueKind.Array } nodes ? nodes.EnumerateArray() : default)
            {
                if (product.Text("id") is { } id)
                {
                    lists[id] = product.Of("metafield").Text("value");
                }
            }
        }

        return lists;
    }

    /// <param name="lists">By product; an empty list is taken away.</param>
    public async Task SaveAsync(ShopId shop, IReadOnlyCollection<ProductList> lists, CancellationToken cancellationToken)
    {
        foreach (var some in lists.Where(list => list.Products.Count > 0).Chunk(AtOnce))
        {
            var metafields = some.Select(list => new { ownerId = list.Product, @namespace = Namespace, key = Key, type = "list.product_reference", value = list.Value });
            Check(shop, (await admin.AskAsync(shop, Set, new { metafields }, cancellationToken)).Of("metafieldsSet"));
        }

        foreach (var some in lists.Where(list => list.Products.Count == 0).Chunk(AtOnce))
        {
            var metafields = some.Select(list => new { ownerId = list.Product, @namespace = Namespace, key = Key });
            Check(shop, (await admin.AskAsync(shop, Delete, new { metafields }, cancellationToken)).Of("metafieldsDelete"));
        }
    }

    private static void Check(ShopId shop, JsonElement? answer)
    {
        if (answer is null || (answer.Of("userErrors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0))
        {
            var why = answer.Of("userErrors") is { } told && told.GetArrayLength() > 0 ? told[0].Text("message") : "it doesn't say why";
            throw new ShopifyRefusedException($"{shop} refuses the lists of complementary products: {why}");
        }
    }

    private static string Search(Sku sku) => sku.Value.Split(':', 2) is [ShopifyOrderMapper.OfVariant, var id] ? $"id:{id}"
        : $"sku:'{sku.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A variant is found by its SKU, or by its own id where it has none.</summary>
    private static IEnumerable<(Sku Sku, ListedProduct Product)> Read(JsonElement variant)
    {
        if (variant.Of("product")?.Text("id") is { } product)
        {
            var listed = new ListedProduct(product, variant.Of("product").Of("metafield").Text("value"));
            if (variant.Text("sku")?.Trim() is { Length: > 0 } sku)
            {
                yield return (new(sku), listed);
            }

            if (ShopifyGid.Number(variant.Text("id")) is { } id)
            {
                yield return (new(string.Create(CultureInfo.InvariantCulture, $"{ShopifyOrderMapper.OfVariant}:{id}")), listed);
            }
        }
    }
}

/// <param name="Id">Shopify's GID.</param>
/// <param name="List">What is on its list, as Shopify has it; null when it has none.</param>
public sealed record ListedProduct(string Id, string? List);

/// <param name="Product">Shopify's GID.</param>
/// <param name="Products">The GIDs of what goes with it, the best first; none takes the list away.</param>
public sealed record ProductList(string Product, IReadOnlyList<string> Products)
{
    /// <summary>As Shopify has it.</summary>
    public string Value => JsonSerializer.Serialize(Products);
}
