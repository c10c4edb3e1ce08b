using Expansion.Engine.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>Which queues have messages that failed for good, and how many.</summary>
public sealed class ListPoisonQueues(IPoisonQueues queues)
{
    [Function(nameof(ListPoisonQueues))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "operations/poison")] HttpRequest request, CancellationToken cancellationToken) =>
        new QueryReader(request.Query).Problem() ?? Results.Ok(new { Items = await queues.ListAsync(cancellationToken) });
}
