using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Expansion.Engine;
using Expansion.Engine.Webhooks;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Webhooks;

internal sealed class WebhookCheck(IOptions<WebhookOptions> options, IWebhookEndpointStore endpoints) : IConnectorCheck
{
    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var settings = options.Value;
        yield return new(true, settings.Sources.Count == 0 ? "Signed events are off: no source is configured under Webhooks:Sources." : $"Signed events are taken from {settings.Sources.Count} sources.");
        if (settings.Endpoints.Count == 0)
        {
            yield return new(true, "Outgoing webhooks are off: no endpoint is configured under Webhooks:Endpoints.");
        }

        foreach (var endpoint in settings.Endpoints)
        {
            yield return await ExamineAsync(endpoint, cancellationToken);
        }
    }

    private async Task<ConnectorFinding> ExamineAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        var name = $"Webhook endpoint {endpoint.Id} of {endpoint.Shop}";
        if (await endpoints.FindAsync(ShopId.From(endpoint.Shop), endpoint.Id, cancellationToken) is { } disabled)
        {
            return new(false, $"{name} is off since {disabled.At:yyyy-MM-dd HH:mm} UTC: {disabled.Reason}");
        }

        try
        {
            var host = new Uri(endpoint.Url).Host;
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken);
            return endpoint.Private || addresses.All(PublicAddresses.IsPublic)
                ? new(true, $"{name} is on.")
                : new(false, $"{name} leads to {host}, which isn't a public address: nothing will be sent there.");
        }
        catch (SocketException)
        {
            return new(false, $"{name} has a host that can't be found: correct Webhooks:Endpoints.");
        }
    }
}
