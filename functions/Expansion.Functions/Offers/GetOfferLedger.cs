using Expansion.Engine.Offers;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>A shop's decisions, or one customer's, newest first and a page at a time.</summary>
public sealed class GetOfferLedger(IShopStore shops, IOfferLedger ledger, TimeProvider time)
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    /// <summary>Lines looked at for one page: a filter that nearly nothing fits must not read for ever.</summary>
    private const int MostLooked = 2000;

    [Answers<LedgerPage>]
    [Asks("shop", "customer", "touchpoint", "outcome", "until", "after", "page_size")]
    [Function(nameof(GetOfferLedger))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "offers/ledger")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        var (customer, touchpoint, outcome) = (query.Text("customer"), query.Word<Touchpoint>("touchpoint"), query.OneOf("outcome", ["offer", "silence"]));
        var (until, after, size) = (query.Day("until"), query.Text("after"), query.Whole("page_size", 1, MaxPageSize) ?? DefaultPageSize);
        query.Check(after is null || LedgerLine.DayOf(after) is not null, "after is no cursor: give what stood under 'next' in the page before.");
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var first = after is not null ? LedgerLine.DayOf(after)!.Value : until ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var lines = customer is not null ? ledger.ListAsync(shop, new(customer), cancellationToken).Select(LedgerLine.Of).Where(line => after is null || string.CompareOrdinal(line.Id, after) > 0) : Days(first);
        var (items, looked, last) = (new List<LedgerLine>(), 0, (string?)null);
        await foreach (var line in lines)
        {
            if (items.Count == size || looked == MostLooked)
            {
                return Results.Ok(new LedgerPage(items, last));
            }

            (looked, last) = (looked + 1, line.Id);
            if ((touchpoint is null || line.Touchpoint == touchpoint) && (outcome is null || (line.Offered is not null) == (outcome == "offer")))
            {
                items.Add(line);
            }
        }

        return Results.Ok(new LedgerPage(items, null));

        IAsyncEnumerable<LedgerLine> Days(DateOnly from) => ledger.DaysAsync(shop, from, cancellationToken).SelectMany(day => ledger.LinesAsync(shop, day, after, cancellationToken));
    }
}

/// <param name="Next">What to give as 'after' for the next page; missing on the last. A page may be short, or empty, and have a next one.</param>
internal sealed record LedgerPage(IReadOnlyList<LedgerLine> Items, string? Next);
