using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Mcp;

internal sealed class McpCheck(IOptions<McpOptions> options) : IConnectorCheck
{
    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var clients = options.Value.Clients;
        yield return new(true, clients.Count == 0
            ? "MCP is off: no client is configured under Mcp:Clients."
            : $"MCP answers {string.Join(", ", clients.Select(client => client.Name))}.");
    }
}
