using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>A shop's bundles, best first; ?owned=a,b leaves out those that hold a product somebody owns, ?product=a keeps those that hold one, ?limit=n the first n.</summary>
public sealed class GetBundles(IShopStore shops, IPricingDocuments documents)
{
    private const int DefaultLimit = 20;

    [Answers<BundleAnswer>]
    [Asks("owned", "product", "limit")]
    [Function(nameof(GetBundles))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/bundles")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop);
        }

        var limit = DefaultLimit;
        if (request.Query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 1000))
        {
            return Problems.BadRequest($"limit is '{text}'; it must be a whole number from 1 to 1000.");
        }

        if (await documents.FindAsync<BundleSet>(id, BundleSet.Document, cancellationToken) is not { Value: { } set })
        {
            return Results.Ok(new BundleAnswer(null, null, null, [], new Dictionary<string, long>()));
        }

        var (owned, wanted) = (Skus(request.Query["owned"]), Skus(request.Query["product"]));
        var bundles = set.Plan.Bundles.Without(owned).Where(bundle => wanted.Count == 0 || bundle.Items.Any(item => wanted.Contains(item.Sku))).Take(limit);
        return Results.Ok(new BundleAnswer(set.Generation, set.MadeAt, set.Plan.Exact, [.. bundles], set.Plan.LeftOut));
    }

    private static HashSet<Sku> Skus(IEnumerable<string?> values) =>
        [.. values.SelectMany(value => (value ?? "").Split(',')).Where(sku => !string.IsNullOrWhiteSpace(sku)).Select(sku => new Sku(sku.Trim()))];
}

/// <param name="Generation">The pairs they were made from; missing before they were first made.</param>
internal sealed record BundleAnswer(string? Generation, DateTimeOffset? MadeAt, bool? Exact, IReadOnlyList<Bundle> Bundles, IReadOnlyDictionary<string, long> LeftOut);
