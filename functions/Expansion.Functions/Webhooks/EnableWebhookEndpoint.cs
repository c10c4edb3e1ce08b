using Expansion.Connectors.Webhooks;
using Expansion.Engine.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Webhooks;

/// <summary>Switches an endpoint on again. What it missed lies among the dead letters.</summary>
public sealed class EnableWebhookEndpoint(IOptionsMonitor<WebhookOptions> options, IWebhookEndpointStore endpoints)
{
    [Function(nameof(EnableWebhookEndpoint))]
    [Asks("shop")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhooks/endpoints/{endpoint}/enable")] HttpRequest request, string endpoint, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (options.CurrentValue.Endpoint(shop, endpoint) is null)
        {
            return Problems.NotFound($"{shop} has no endpoint '{endpoint}' in the settings under {WebhookOptions.Section}:Endpoints.");
        }

        await endpoints.EnableAsync(shop, endpoint, cancellationToken);
        return Results.NoContent();
    }
}
