using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Connectors.Webhooks;

namespace Expansion.Connectors.Odoo;

/// <summary>Sends JSON to one Odoo server and reads what it answers, be it JSON or not.</summary>
internal sealed class OdooHttp(HttpClient http, OdooConnection connection, TimeProvider time)
{
    private const int MaxAnswer = 16 << 20;

    public OdooConnection Connection => connection;

    /// <returns>The status and the body; a null body where there is no JSON.</returns>
    /// <exception cref="OdooException">No answer, or one that says to come again.</exception>
    public async Task<(HttpStatusCode Status, JsonElement? Body)> SendAsync(HttpMethod method, string path, JsonObject? body, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{connection.Url.TrimEnd('/')}{path}");
        request.Headers.UserAgent.ParseAdd("expansion/1.0");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (connection.Database is { Length: > 0 } database)
        {
            request.Headers.TryAddWithoutValidation("X-Odoo-Database", database);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(connection.Timeout);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await response.Content.LoadIntoBufferAsync(MaxAnswer, patience.Token);
            var json = Parse(await response.Content.ReadAsByteArrayAsync(patience.Token));
            return json is null && IsTransient(response.StatusCode)
                ? throw new OdooException(OdooFault.Transient, $"Odoo's server answered {(int)response.StatusCode}.", RetryAfter.Of(response.Headers, time.GetUtcNow()))
                : (response.StatusCode, json);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OdooException(OdooFault.Transient, $"Odoo's server gave no answer within {connection.Timeout.TotalSeconds:0} s.", inner: exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new OdooException(OdooFault.Transient, "Odoo's server could not be reached, or broke off.", inner: exception);
        }
    }

    /// <summary>Without a body that says more, a server's 5xx is its proxy's, or its start.</summary>
    private static bool IsTransient(HttpStatusCode status) => (int)status is 429 or >= 500 or 408;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
