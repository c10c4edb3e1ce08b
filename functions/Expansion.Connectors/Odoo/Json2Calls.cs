using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Expansion.Connectors.Odoo;

/// <summary>Odoo 19's own: POST /json/2/model/method with named arguments. https://www.odoo.com/documentation/19.0/developer/reference/external_api.html</summary>
internal sealed class Json2Calls(OdooHttp http) : IOdooCalls
{
    public async Task<JsonElement> CallAsync(string key, string model, string method, IReadOnlyList<long> ids, JsonObject arguments, CancellationToken cancellationToken)
    {
        var body = (JsonObject)arguments.DeepClone();
        if (ids.Count > 0)
        {
            body["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);
        }

        var (status, answer) = await http.SendAsync(HttpMethod.Post, $"/json/2/{model}/{method}", body, key, cancellationToken);
        return answer switch
        {
            { } result when status == HttpStatusCode.OK => result,
            { ValueKind: JsonValueKind.Object } error when error.TryGetProperty("name", out var name) && error.TryGetProperty("message", out var message) =>
                throw OdooException.Of(name.ToString(), message.ToString()),
            _ => throw Unreadable(status),
        };
    }

    private OdooException Unreadable(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => new(OdooFault.Unauthorized, "Odoo takes none of the keys."),
        HttpStatusCode.NotFound => new(OdooFault.Invalid, $"Odoo's server has no database '{http.Connection.Database}', or several and none is named: correct Database."),
        // A page instead of JSON is no Odoo's answer to what was asked, but a proxy's or another server's.
        _ => new(OdooFault.Transient, $"Odoo's server answered {(int)status} with something else than JSON."),
    };
}
