using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outbox;

/// <summary>Sends something that was given up once more.</summary>
public sealed class Redeliver(OutboxSender sender)
{
    [Function(nameof(Redeliver))]
    [Asks("shop")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "outbox/dead/{channel}/{id}")] HttpRequest request, string channel, string id, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        return await sender.ReviveAsync(new(shop, channel, id), cancellationToken)
            ? Results.Accepted()
            : Problems.NotFound($"Nothing that {channel} gave up has the id '{id}'. GET /api/outbox/dead?shop={shop} lists what was given up.");
    }
}
