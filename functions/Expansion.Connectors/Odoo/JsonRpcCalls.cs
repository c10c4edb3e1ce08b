using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Connectors.Odoo;

/// <summary>The older way, POST /jsonrpc, where every error is a 200.</summary>
internal sealed class JsonRpcCalls(OdooHttp http) : IOdooCalls
{
    private readonly ConcurrentDictionary<string, long> _users = new();

    public async Task<JsonElement> CallAsync(string key, string model, string method, IReadOnlyList<long> ids, JsonObject arguments, CancellationToken cancellationToken)
    {
        var user = await UserAsync(key, cancellationToken);
        JsonArray positional = ids.Count > 0 ? [new JsonArray([.. ids.Select(id => JsonValue.Create(id))])] : [];
        return await SendAsync("object", "execute_kw", [http.Connection.Database, user, key, model, method, positional, arguments.DeepClone()], cancellationToken);
    }

    private async Task<long> UserAsync(string key, CancellationToken cancellationToken)
    {
        if (_users.TryGetValue(key, out var known))
        {
            return known;
        }

        var answer = await SendAsync("common", "authenticate", [http.Connection.Database, http.Connection.Login, key, new JsonObject()], cancellationToken);
        return answer.ValueKind == JsonValueKind.Number ? _users[key] = answer.GetInt64() : throw new OdooException(OdooFault.Unauthorized, "Odoo takes none of the keys for this login.");
    }

    private async Task<JsonElement> SendAsync(string service, string method, JsonArray arguments, CancellationToken cancellationToken)
    {
        var call = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "call", ["id"] = 1, ["params"] = new JsonObject { ["service"] = service, ["method"] = method, ["args"] = arguments } };
        var (status, answer) = await http.SendAsync(HttpMethod.Post, "/jsonrpc", call, null, cancellationToken);
        if (answer is not { ValueKind: JsonValueKind.Object } body)
        {
            throw new OdooException(OdooFault.Transient, $"Odoo's server answered {(int)status} with something else than JSON.");
        }

        if (body.TryGetProperty("error", out var error))
        {
            // `error` holds the name in data; a server that is no Odoo may leave it out.
            var found = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : default;
            throw OdooException.Of(Text(found, "name"), Text(found, "message"));
        }

        // A method that returns nothing may leave the result out.
        return body.TryGetProperty("result", out var result) ? result : default;
    }

    private static string Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var text) ? text.ToString() : "unknown error";
}
