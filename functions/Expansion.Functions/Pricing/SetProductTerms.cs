using Expansion.Engine;
using Expansion.Engine.Offers.Bundles;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Says what products cost the shop and how many are left: a list of product, cost and stock, each replacing what was said of the product before.</summary>
public sealed class SetProductTerms(IShopStore shops, IProductTermsStore terms)
{
    private const int Most = 5000;

    [Function(nameof(SetProductTerms))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/product-terms")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (id, products, problem) = await request.ReadJsonAsync<List<ProductTerms>>(shop, shops, cancellationToken);
        if (products is null)
        {
            return problem!;
        }

        if (Validate(products) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        await terms.SaveAsync(id, products, cancellationToken);
        return Results.Ok(new { Saved = products.Count });
    }

    private static Dictionary<string, string[]> Validate(List<ProductTerms> products) => products.Count > Most
        ? new() { [""] = [$"must be at most {Most} at once"] }
        : products.Select((product, index) => (Path: $"[{index}]", Mistake:
            product.Sku.Value.Length is 0 or > Sku.MaxLength ? $"sku must be 1 to {Sku.MaxLength} characters"
            : product.Cost is { } cost && (cost.Amount < 0 || !Currencies.IsCode(cost.Currency)) ? "cost must be 0 or more, e.g. {\"amount\": 4, \"currency\": \"EUR\"}"
            : null)).Where(product => product.Mistake is not null).ToDictionary(product => product.Path, product => new[] { product.Mistake! });
}
