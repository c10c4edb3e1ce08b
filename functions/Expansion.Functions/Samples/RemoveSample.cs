using Expansion.Engine;
using Expansion.Engine.Compliance;
using Expansion.Engine.Samples;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Samples;

/// <summary>Turns the sample shop off: all that is kept of it is erased.</summary>
public sealed class RemoveSample(IMessageQueue queue)
{
    [OfAllShops]
    [Function(nameof(RemoveSample))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "delete", Route = "sample")] HttpRequest request, CancellationToken cancellationToken)
    {
        await queue.SendAsync(ShopErasureRequested.Queue, new ShopErasureRequested(SampleShop.Id), cancellationToken);
        return Results.Accepted();
    }
}
