using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>Takes a person's word on a pair, which need not ever have been bought. The last word counts.</summary>
public sealed class DecidePair(IShopStore shops, IAffinityStore affinities, PairDecider decider, TimeProvider time)
{
    private static readonly JsonSerializerOptions Strict = new(ExpansionJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [Answers<DecisionAnswer>]
    [Asks("shop")]
    [Function(nameof(DecidePair))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "affinity/decisions")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        DecisionBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<DecisionBody>(request.Body, Strict, cancellationToken);
        }
        catch (JsonException exception)
        {
            return Problems.BadRequest($"The body is not a decision: {exception.Message}");
        }

        if ((body ?? new()).Mistakes() is { Count: > 0 } mistakes)
        {
            return Problems.BadRequest(string.Join(' ', mistakes));
        }

        if (await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var decision = body!.At(time.GetUtcNow());
        var warnings = await WarningsAsync(shop, decision, cancellationToken);
        await decider.DecideAsync(shop, decision, cancellationToken);
        return Results.Ok(new DecisionAnswer(decision, warnings));
    }

    /// <summary>A product that is new to the shop is as unknown as a misspelt one, so it isn't refused.</summary>
    private async Task<IReadOnlyList<string>> WarningsAsync(ShopId shop, PairDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Verdict == PairVerdict.Rejected || await affinities.CurrentAsync(shop, cancellationToken) is not { } generation)
        {
            return [];
        }

        var rows = await affinities.FindAsync(shop, generation.Id, [decision.A, decision.B], cancellationToken);
        return [.. new[] { decision.A, decision.B }
            .Where(sku => rows.GetValueOrDefault(sku) is not { Baskets: > 0 })
            .Select(sku => $"No order holds {sku} yet, and it will be recommended all the same: check the SKU, capitals too.")];
    }
}

internal sealed record DecisionBody(string? A = null, string? B = null, string? Verdict = null, string? Note = null, string? Author = null)
{
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        Check(IsSku(A) && IsSku(B), $"a and b must be SKUs of 1 to {Sku.MaxLength} characters.");
        Check(A is null || A.Trim() != B?.Trim(), "a and b are the same: a pair is two products.");
        Check(ExpansionJson.FromWord<PairVerdict>(Verdict) is not null, "verdict must be approved, rejected or pinned.");
        Check(Author?.Trim().Length is > 0 and <= PairDecision.MaxAuthorLength, $"author must say who decides, in 1 to {PairDecision.MaxAuthorLength} characters.");
        Check(Note is null or { Length: <= PairDecision.MaxNoteLength }, $"note has {Note?.Length} characters; it may have {PairDecision.MaxNoteLength}.");
        return mistakes;

        void Check(bool valid, string mistake)
        {
            if (!valid)
            {
                mistakes.Add(mistake);
            }
        }
    }

    /// <summary>The decision, when there are no mistakes.</summary>
    public PairDecision At(DateTimeOffset now)
    {
        var (a, b) = PairDecision.InOrder(new(A!.Trim()), new(B!.Trim()));
        return new(a, b, ExpansionJson.FromWord<PairVerdict>(Verdict)!.Value, string.IsNullOrWhiteSpace(Note) ? null : Note.Trim(), Author!.Trim(), now);
    }

    private static bool IsSku(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= Sku.MaxLength;
}

/// <param name="Warnings">What was taken and may still be a mistake.</param>
internal sealed record DecisionAnswer(PairDecision Decision, IReadOnlyList<string> Warnings);
