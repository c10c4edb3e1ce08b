using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Connectors.Odoo;

/// <summary>One way to call a method of a model: JSON-2 or JSON-RPC.</summary>
internal interface IOdooCalls
{
    /// <param name="ids">The records, for a method of records; none for a method of the model.</param>
    /// <param name="arguments">By name.</param>
    /// <exception cref="OdooException">It didn't come to a result.</exception>
    Task<JsonElement> CallAsync(string key, string model, string method, IReadOnlyList<long> ids, JsonObject arguments, CancellationToken cancellationToken);
}
