using Expansion.Engine.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>The oldest messages of one queue that failed for good; they stay.</summary>
public sealed class GetPoisonMessages(IPoisonQueues queues)
{
    private const int MostMessages = 32;

    [Asks("limit")]
    [Function(nameof(GetPoisonMessages))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "operations/poison/{queue}")] HttpRequest request, string queue, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var limit = query.Whole("limit", 1, MostMessages) ?? MostMessages;
        return query.Problem()
            ?? (await queues.ShowAsync(queue, limit, cancellationToken) is { } messages ? Results.Ok(new { Items = messages }) : Problems.UnknownPoisonQueue(queue));
    }
}
