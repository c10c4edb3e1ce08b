using Expansion.Engine;
using Expansion.Engine.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Compliance;

public sealed class GetDataExport(IComplianceFiles files)
{
    [Function(nameof(GetDataExport))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "compliance/exports/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        ShopId.TryFrom(request.Query["shop"], out var shop) && id.All(char.IsAsciiLetterOrDigit) && await files.OpenExportAsync(shop, id, cancellationToken) is { } export
            ? Results.Stream(export, "application/json", $"{id}.json")
            : Problems.NotFound($"The shop '{request.Query["shop"]}' has no export '{id}'. It is there a while after Shopify's customers/data_request of that id, and gone once the customer is erased.");
}
