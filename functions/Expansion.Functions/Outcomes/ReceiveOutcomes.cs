using Expansion.Engine;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outcomes;

/// <summary>Takes outcomes that no signal tells: showings and clicks of recommendations, satisfaction, sales of other systems. By the queue; the same again changes nothing.</summary>
public sealed class ReceiveOutcomes(IShopStore shops, OutcomeInbox inbox, TimeProvider time)
{
    private const int Most = 500;

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    [Function(nameof(ReceiveOutcomes))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/outcomes")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || await shops.FindAsync(id, cancellationToken) is not { } found)
        {
            return Problems.UnknownShop(shop);
        }

        var (outcomes, problem) = await request.ReadJsonAsync<List<Outcome>>(cancellationToken);
        if (outcomes is null)
        {
            return problem!;
        }

        if (Mistakes(outcomes) is { Count: > 0 } mistakes)
        {
            return Problems.Invalid(mistakes);
        }

        var shopsOwn = found.Settings.Currency;
        await inbox.SendAsync(new(id, [.. outcomes.Select(outcome => outcome.Currency == shopsOwn ? outcome with { Currency = null } : outcome)]), cancellationToken);
        return Results.Accepted(value: new { Accepted = outcomes.Count });
    }

    private Dictionary<string, string[]> Mistakes(List<Outcome> outcomes) => outcomes.Count > Most
        ? new() { [""] = [$"must be at most {Most} at once"] }
        : outcomes.Select((outcome, index) => (Path: $"[{index}]", Mistake: Mistake(outcome))).Where(entry => entry.Mistake is not null)
            .ToDictionary(entry => entry.Path, entry => new[] { entry.Mistake! });

    private string? Mistake(Outcome? outcome) => outcome switch
    {
        null => "must not be null",
        { Id.Length: 0 or > 200 } => "id must be 1 to 200 characters",
        { Customer.Value.Length: 0 or > CustomerId.MaxLength } => $"customer must be 1 to {CustomerId.MaxLength} characters",
        { Kind: OutcomeKind.Order } => "orders come by webhook or import",
        { Kind: OutcomeKind.Satisfaction, Amount: < 1 or > 5 } => "amount of satisfaction must be from 1 to 5",
        { Amount: < 0 or > 1_000_000_000 } => "amount must be from 0 to 1000000000",
        { Currency: not null } when !Currencies.IsCode(outcome.Currency) => "currency must be an ISO 4217 code, e.g. EUR",
        { Products: null or { Count: > 50 } } => "products must be at most 50",
        { Tags: null } => "tags must not be null",
        _ when outcome.At > time.GetUtcNow() + Ahead => "at must not be in the future",
        _ when outcome.At < time.GetUtcNow().AddYears(-3) => "at must not be more than three years ago",
        _ => null,
    };
}
