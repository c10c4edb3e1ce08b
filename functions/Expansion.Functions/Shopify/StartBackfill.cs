using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Shopify;

/// <summary>
/// Fetches the orders a shop had before it came here, or came back, as far back as its window of counting reaches. One that has failed goes on where it stood.
/// </summary>
public sealed class StartBackfill(IOptionsMonitor<ShopifyOptions> options, IShopStore shops, IShopTimingStore timings, IBackfillStore backfills, IMessageQueue queue, TimeProvider time)
{
    [Function(nameof(StartBackfill))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "shops/{shop}/backfill")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(shop, out var id) || options.CurrentValue.Find(id) is not { } configured)
        {
            return Problems.NotFound($"The shop '{shop}' isn't configured under Shopify:Shops.");
        }

        if (configured.AccessToken is null)
        {
            return Problems.Conflict($"{id} has no access token: set Shopify:Shops:…:AccessToken to the app's Admin API token, with the scopes read_orders and read_all_orders.");
        }

        var settings = (await shops.EnsureAsync(id, cancellationToken)).Settings;
        var stored = await backfills.FindAsync(id, cancellationToken);
        if (stored?.Backfill.IsOver == false)
        {
            return Problems.Conflict($"The backfill of {id} is under way: GET /api/shops/{id}/backfill tells how far it is.");
        }

        var now = time.GetUtcNow();
        var backfill = stored is { Backfill: { State: BackfillState.Failed } failed } ? failed with { State = BackfillState.Waiting, DueAt = now, Failures = 0, Error = null } : Backfill.Of(now, settings.WindowMonths);
        if (await backfills.SaveAsync(id, backfill, stored?.Version, cancellationToken) is null)
        {
            return Problems.Conflict($"Somebody else has just started the backfill of {id}.");
        }

        await timings.ChangeFactsAsync(id, facts => facts with { UninstalledAt = null }, cancellationToken);
        await queue.SendAsync(BackfillDue.Queue, new BackfillDue(id), cancellationToken);
        return Results.Accepted($"{request.Path}", backfill);
    }
}
