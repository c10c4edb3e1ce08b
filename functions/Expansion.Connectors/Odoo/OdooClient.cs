using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Connectors.Odoo;

/// <summary>What we do in one Odoo, whichever protocol it speaks. The keys are tried in their order; the one that was taken last comes first.</summary>
internal sealed class OdooClient(OdooHttp http)
{
    private volatile IOdooCalls? _calls;
    private volatile string? _lastKey;

    public Task<JsonElement> SearchAsync(string model, JsonArray domain, string[] fields, string order, int limit, CancellationToken cancellationToken, int offset = 0) => CallAsync(
        model, "search_read", [], new()
        {
            ["domain"] = domain,
            ["fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]),
            ["order"] = order,
            ["limit"] = limit,
            ["offset"] = offset,
            // What was lost is archived, and invisible otherwise.
            ["context"] = new JsonObject { ["active_test"] = false },
        }, cancellationToken);

    /// <summary>Makes or changes the record that has the external id, as a CSV import does: safe to repeat, and safe at the same time as others.</summary>
    /// <returns>Its database id.</returns>
    public async Task<long> LoadAsync(string model, string externalId, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        string[] fields = ["id", .. values.Keys];
        string[] row = [externalId, .. values.Values];
        var result = await CallAsync(
            model, "load", [],
            new() { ["fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]), ["data"] = new JsonArray(new JsonArray([.. row.Select(value => JsonValue.Create(value))])) },
            cancellationToken);
        if (result.ValueKind == JsonValueKind.Object && result.TryGetProperty("ids", out var ids) && ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() == 1)
        {
            return ids[0].GetInt64();
        }

        var messages = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(' ', list.EnumerateArray().Select(message => message.TryGetProperty("message", out var text) ? text.ToString() : ""))
            : "";
        throw OdooException.Of("load", messages.Length > 0 ? messages : "the record was not saved, without a reason");
    }

    public Task WriteAsync(string model, long id, JsonObject values, CancellationToken cancellationToken) => CallAsync(model, "write", [id], new() { ["vals"] = values }, cancellationToken);

    /// <summary>The server's version, e.g. 19.0; needs no key.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var (status, body) = await http.SendAsync(HttpMethod.Get, "/web/version", null, null, cancellationToken);
        if (status == HttpStatusCode.OK && body is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("version", out var version))
        {
            return version.ToString();
        }

        var call = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "call", ["id"] = 1, ["params"] = new JsonObject { ["service"] = "common", ["method"] = "version", ["args"] = new JsonArray() } };
        (_, body) = await http.SendAsync(HttpMethod.Post, "/jsonrpc", call, null, cancellationToken);
        return body is { ValueKind: JsonValueKind.Object } rpc && rpc.TryGetProperty("result", out var result) && result.TryGetProperty("server_version", out version)
            ? version.ToString()
            : throw new OdooException(OdooFault.Transient, "At Url there is no Odoo that says its version.");
    }

    public async Task<JsonElement> CallAsync(string model, string method, IReadOnlyList<long> ids, JsonObject arguments, CancellationToken cancellationToken)
    {
        var calls = _calls ??= await ChooseAsync(cancellationToken);
        OdooException? refused = null;
        foreach (var key in http.Connection.Keys.OrderByDescending(key => key == _lastKey))
        {
            try
            {
                var result = await calls.CallAsync(key, model, method, ids, arguments, cancellationToken);
                _lastKey = key;
                return result;
            }
            catch (OdooException exception) when (exception.Fault == OdooFault.Unauthorized)
            {
                refused = exception;
            }
        }

        throw refused ?? new OdooException(OdooFault.Unauthorized, "There is no key.");
    }

    private async Task<IOdooCalls> ChooseAsync(CancellationToken cancellationToken)
    {
        var json2 = http.Connection.Protocol switch
        {
            OdooProtocol.Json2 => true,
            OdooProtocol.JsonRpc => false,
            // saas~19.1 is a version as well.
            _ => double.TryParse(string.Concat((await VersionAsync(cancellationToken)).Replace("saas~", "", StringComparison.Ordinal).TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')), NumberStyles.Float, CultureInfo.InvariantCulture, out var version) && version >= 19,
        };
        return json2 ? new Json2Calls(http)
            : http.Connection is { Database.Length: > 0, Login.Length: > 0 } ? new JsonRpcCalls(http)
            : throw new OdooException(OdooFault.Invalid, "This Odoo is older than 19 and needs Database and Login in the settings.");
    }
}
