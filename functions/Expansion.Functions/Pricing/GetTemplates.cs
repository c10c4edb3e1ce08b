using Expansion.Engine.Offers.Pricing.Presentation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Pricing;

/// <summary>Every template in force, the shop's own, and the facts that templates can name.</summary>
public sealed class GetTemplates(PricingDocumentRequests requests)
{
    [Answers<TemplateReport>]
    [Function(nameof(GetTemplates))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shop}/templates")] HttpRequest request, string shop, CancellationToken cancellationToken) =>
        requests.GetAsync(request, shop, TemplateSet.Document, new TemplateSet([]), TemplateReport.Of, cancellationToken);
}

/// <param name="Templates">In force: the shop's in place of the built-in ones.</param>
/// <param name="Own">What the shop has written, as PUT takes it.</param>
/// <param name="Facts">Name and meaning.</param>
internal sealed record TemplateReport(IReadOnlyList<PresentationTemplate> Templates, IReadOnlyList<PresentationTemplate> Own, IReadOnlyDictionary<string, string> Facts)
{
    public static object Of(TemplateSet own) => new TemplateReport(new TemplateLibrary(own.Templates).All, own.Templates, FactNames.All);
}
