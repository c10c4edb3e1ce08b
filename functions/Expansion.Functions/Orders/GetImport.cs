using Expansion.Engine;
using Expansion.Engine.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Orders;

public sealed class GetImport(IImportStore imports)
{
    [Answers<ImportStatus>]
    [Asks("shop")]
    [Function(nameof(GetImport))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "orders/import/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        ShopId.TryFrom(request.Query["shop"], out var shop) && await imports.FindAsync(shop, id, cancellationToken) is { } status
            ? Results.Ok(status)
            : Problems.NotFound($"The shop '{request.Query["shop"]}' has no import '{id}'. Start one with POST /api/orders/import?shop=….");
}
