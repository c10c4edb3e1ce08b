using Expansion.Connectors.Webhooks;
using Expansion.Engine.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Webhooks;

/// <summary>Where a shop's events go, and which of the endpoints are switched off.</summary>
public sealed class ListWebhookEndpoints(IOptionsMonitor<WebhookOptions> options, IWebhookEndpointStore endpoints)
{
    [Function(nameof(ListWebhookEndpoints))]
    [Asks("shop")]
    [Answers<WebhookEndpointList>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "webhooks/endpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var answers = new List<WebhookEndpointAnswer>();
        foreach (var endpoint in options.CurrentValue.EndpointsOf(shop))
        {
            // The path of an address is often a secret.
            answers.Add(new(endpoint.Id, new Uri(endpoint.Url).Host, [.. endpoint.Types], await endpoints.FindAsync(shop, endpoint.Id, cancellationToken)));
        }

        return Results.Ok(new WebhookEndpointList(answers));
    }
}

internal sealed record WebhookEndpointList(IReadOnlyList<WebhookEndpointAnswer> Endpoints);

/// <param name="Types">All when empty.</param>
/// <param name="Disabled">Missing while it is on.</param>
internal sealed record WebhookEndpointAnswer(string Id, string Host, IReadOnlyList<string> Types, DisabledEndpoint? Disabled);
