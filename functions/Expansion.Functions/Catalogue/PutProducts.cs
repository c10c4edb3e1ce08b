using Expansion.Engine;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Catalogue;

/// <summary>Tells of products: a list of SKU and whatever is known; what isn't given stays as it was.</summary>
public sealed class PutProducts(IShopStore shops, CatalogueWriter catalogue, TimeProvider time)
{
    private const int Most = 5000;

    [Takes<List<CatalogueItem>>]
    [Function(nameof(PutProducts))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/products")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (id, items, problem) = await request.ReadJsonAsync<List<CatalogueItem>>(shop, shops, cancellationToken);
        if (items is null)
        {
            return problem!;
        }

        if (Validate(items) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        var now = time.GetUtcNow();
        var changed = await catalogue.SaveAsync(id, [.. items.Select(item => new ToldItem(item, CatalogueSource.Api, now))], cancellationToken);
        return Results.Ok(new { Saved = changed });
    }

    private static Dictionary<string, string[]> Validate(List<CatalogueItem> items) => items.Count > Most
        ? new() { [""] = [$"must be at most {Most} at once"] }
        : items.Select((item, index) => (Path: $"[{index}]", Mistake:
            item.Sku.Value.Length is 0 or > Sku.MaxLength ? $"sku must be 1 to {Sku.MaxLength} characters"
            : new[] { item.Price, item.CompareAtPrice, item.Cost }.Any(IsWrong) ? "price, compare_at_price and cost must be 0 or more, e.g. {\"amount\": 9.5, \"currency\": \"EUR\"}"
            : null)).Where(item => item.Mistake is not null).ToDictionary(item => item.Path, item => new[] { item.Mistake! });

    private static bool IsWrong(Money? money) => money is { } known && (known.Amount < 0 || !Currencies.IsCode(known.Currency));
}
