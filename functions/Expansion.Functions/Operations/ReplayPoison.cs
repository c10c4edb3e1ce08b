using Expansion.Engine.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>Sends messages that failed for good to their queue again, once whatever failed them is mended.</summary>
public sealed class ReplayPoison(IPoisonQueues queues)
{
    [Asks("limit")]
    [Function(nameof(ReplayPoison))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "operations/poison/{queue}/replay")] HttpRequest request, string queue, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var limit = query.Whole("limit", 1, int.MaxValue);
        return query.Problem()
            ?? (await queues.ReplayAsync(queue, limit, cancellationToken) is { } sent ? Results.Ok(new { Queue = queue, Replayed = sent }) : Problems.UnknownPoisonQueue(queue));
    }
}
