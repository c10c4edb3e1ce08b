using Expansion.Engine;
using Expansion.Engine.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Orders;

/// <summary>The rejected lines of an import as line,reason,text; an empty file when all were good.</summary>
public sealed class GetImportRejects(IImportStore imports, IImportFiles files)
{
    [Asks("shop")]
    [Function(nameof(GetImportRejects))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "orders/import/{id}/rejects")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var shop) || await imports.FindAsync(shop, id, cancellationToken) is not { } status)
        {
            return Problems.NotFound($"The shop '{request.Query["shop"]}' has no import '{id}'. Start one with POST /api/orders/import?shop=….");
        }

        if (status.State is ImportState.Queued or ImportState.Running)
        {
            return Problems.Conflict($"The import '{id}' is {(status.State == ImportState.Queued ? "waiting" : "running")}: its rejects are complete when it is done.");
        }

        return Results.Stream(await files.OpenRejectsAsync(shop, id, cancellationToken) ?? Stream.Null, "text/csv; charset=utf-8", $"{id}.rejects.csv");
    }
}
