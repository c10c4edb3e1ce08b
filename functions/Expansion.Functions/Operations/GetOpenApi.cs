using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>This description of the API.</summary>
public sealed class GetOpenApi
{
    private static readonly Lazy<string> Document = new(() => OpenApiDocument.Create().ToJsonString());

    [Function(nameof(GetOpenApi))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Text(Document.Value, "application/json");
}
