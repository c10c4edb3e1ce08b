using System.Runtime.CompilerServices;
using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Odoo;

internal sealed class OdooCheck(IOptions<OdooOptions> options, OdooClients clients, TimeProvider time) : IConnectorCheck
{
    private static readonly TimeSpan Warning = TimeSpan.FromDays(14);

    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.Connections.Count == 0)
        {
            yield return new(true, "Odoo is off: no connection is configured under Odoo:Connections.");
        }

        foreach (var connection in options.Value.Connections)
        {
            yield return await ReachAsync(connection, cancellationToken);
            if (connection.KeysEnd is { } end && end - time.GetUtcNow() < Warning)
            {
                yield return new(false, $"The API key of {connection.Shop}'s Odoo ends on {end:yyyy-MM-dd}: make a new one, put it first among Keys, and change KeysEnd.");
            }
        }
    }

    private async Task<ConnectorFinding> ReachAsync(OdooConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var client = clients.Find(ShopId.From(connection.Shop))!;
            var version = await client.VersionAsync(cancellationToken);
            await client.SearchAsync("crm.lead", [], ["id"], "id asc", 1, cancellationToken);
            return new(true, $"{connection.Shop}'s Odoo {version} lets us read its opportunities.");
        }
        catch (OdooException exception)
        {
            return new(false, $"{connection.Shop}'s Odoo can't be used. {exception.Message}");
        }
    }
}
