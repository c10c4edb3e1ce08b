using Expansion.Engine.Offers.Pricing.Presentation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Replaces the templates a shop has written; one that names an unknown fact is refused.</summary>
public sealed class PutTemplates(PricingDocumentRequests requests)
{
    [Answers<TemplateSet>]
    [Takes<TemplateSet>]
    [Function(nameof(PutTemplates))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/templates")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.PutAsync<TemplateSet>(request, shop, TemplateSet.Document, templates => templates.Validate(), cancellationToken);
}
