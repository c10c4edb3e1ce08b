using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>What kept us silent, day by day. Reads every line of those days: for people, not for storefronts.</summary>
public sealed class GetOfferSilences(IShopStore shops, IOfferLedger ledger, TimeProvider time)
{
    private const int DefaultDays = 14;
    private const int MaxDays = 31;

    [Answers<SilenceCounts>]
    [Asks("shop", "days")]
    [Function(nameof(GetOfferSilences))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "offers/silences")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, days) = (query.Shop(), query.Whole("days", 1, MaxDays) ?? DefaultDays);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var known = await ledger.DaysAsync(shop, today, cancellationToken).TakeWhile(day => day > today.AddDays(-days)).ToHashSetAsync(cancellationToken: cancellationToken);
        var counts = new List<(DateOnly Day, IReadOnlyDictionary<string, int> Reasons)>();
        for (var day = today.AddDays(1 - days); day <= today; day = day.AddDays(1))
        {
            counts.Add((day, known.Contains(day) ? await ledger.SilencesAsync(shop, day, cancellationToken) : new Dictionary<string, int>()));
        }

        return Results.Ok(new SilenceCounts(
            [.. counts.Select(entry => entry.Day)],
            counts.SelectMany(entry => entry.Reasons.Keys).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(reason => reason, reason => (IReadOnlyList<int>)[.. counts.Select(entry => entry.Reasons.GetValueOrDefault(reason))])));
    }
}

/// <param name="Reasons">By reason, a number for each day.</param>
internal sealed record SilenceCounts(IReadOnlyList<DateOnly> Days, IReadOnlyDictionary<string, IReadOnlyList<int>> Reasons);
