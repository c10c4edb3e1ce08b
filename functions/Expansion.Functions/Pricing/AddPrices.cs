using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Honesty;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Adds to what is known of prices charged: a list of product, time and price. The same list again changes nothing.</summary>
public sealed class AddPrices(IShopStore shops, IPriceHistoryStore prices, TimeProvider time)
{
    private const int Most = 5000;

    [Function(nameof(AddPrices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/prices")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (id, changes, problem) = await request.ReadJsonAsync<List<ProductPrice>>(shop, shops, cancellationToken);
        if (changes is null)
        {
            return problem!;
        }

        if (Validate(changes) is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        await prices.AddAsync(id, changes, cancellationToken);
        return Results.Ok(new { Added = changes.Count });
    }

    /// <summary>A price of tomorrow was not charged.</summary>
    private Dictionary<string, string[]> Validate(List<ProductPrice> changes) => changes.Count > Most
        ? new() { [""] = [$"must be at most {Most} at once"] }
        : changes.Select((change, index) => (Path: $"[{index}]", Mistake:
            change.Sku.Value.Length is 0 or > Sku.MaxLength ? $"sku must be 1 to {Sku.MaxLength} characters"
            : change.From > time.GetUtcNow() ? "from must not be in the future"
            : change.Price.Amount <= 0 || !Currencies.IsCode(change.Price.Currency) ? "price must be above 0, e.g. {\"amount\": 9.5, \"currency\": \"EUR\"}"
            : null)).Where(change => change.Mistake is not null).ToDictionary(change => change.Path, change => new[] { change.Mistake! });
}
