using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Metrics;

/// <summary>Which metrics left their band, the latest first.</summary>
public sealed class GetMetricAlerts(IShopStore shops, IMetricStore metrics)
{
    private const int Most = 100;

    [Answers<AlertList>]
    [Function(nameof(GetMetricAlerts))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/metrics/alerts")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        ShopId.TryFrom(shop, out var id) && await shops.FindAsync(id, cancellationToken) is not null
            ? Results.Ok(new AlertList(await metrics.AlertsAsync(id, cancellationToken).OrderByDescending(alert => alert.RaisedAt).Take(Most).ToListAsync(cancellationToken)))
            : Problems.UnknownShop(shop);
}

internal sealed record AlertList(IReadOnlyList<RaisedAlert> Alerts);
