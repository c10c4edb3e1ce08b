using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Shopify.Admin;

/// <summary>Asks a shop's Admin API, in GraphQL. Whatever goes wrong is one of two things: worth another try, perhaps later, or not.</summary>
public sealed class ShopifyAdmin(IHttpClientFactory clients, IOptionsMonitor<ShopifyOptions> options)
{
    public const string Client = "shopify";

    private static readonly TimeSpan Throttled = TimeSpan.FromSeconds(10);

    /// <returns>What stands under "data".</returns>
    /// <exception cref="ShopifyUnavailableException">The shop doesn't answer, is busy, or answers nonsense.</exception>
    /// <exception cref="ShopifyRefusedException">The shop won't do it, however often it is asked.</exception>
    public async Task<JsonElement> AskAsync(ShopId shop, string query, object variables, CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var token = settings.Find(shop)?.AccessToken ?? throw new ShopifyRefusedException($"{shop} has no access token: set Shopify:Shops:…:AccessToken.");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.AdminAddress.Replace("{shop}", shop.Value, StringComparison.Ordinal)}/admin/api/{settings.ApiVersion}/graphql.json")
        {
            Content = JsonContent.Create(new { query, variables }),
        };
        request.Headers.Add("X-Shopify-Access-Token", token);
        try
        {
            using var client = clients.CreateClient(Client);
            using var response = await client.SendAsync(request, cancellationToken);
            return Read(shop, response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw new ShopifyUnavailableException($"{shop} doesn't answer: {exception.Message}", null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShopifyUnavailableException($"{shop} takes too long to answer.", null, exception);
        }
    }

    /// <summary>Opens a file that the shop has made. It may be long, so only its beginning is waited for.</summary>
    /// <exception cref="ShopifyUnavailableException">It can't be had at present.</exception>
    public async Task<Stream> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ShopifyUnavailableException($"A file of the shop's can't be had: {exception.Message}", null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShopifyUnavailableException("A file of the shop's takes too long to come.", null, exception);
        }
    }

    private static JsonElement Read(ShopId shop, HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.PaymentRequired or HttpStatusCode.NotFound or HttpStatusCode.Locked)
        {
            throw new ShopifyRefusedException($"{shop} refuses with {status}: is the access token right, the app still installed, the shop open?");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new ShopifyUnavailableException($"{shop} answers with {status}.", Wait(response));
        }

        JsonElement answer;
        try
        {
            answer = JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException exception)
        {
            throw new ShopifyUnavailableException($"{shop} answers with something that is no JSON.", null, exception);
        }

        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
        {
            throw Refusal(shop, answer, errors[0]);
        }

        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? data
            : throw new ShopifyUnavailableException($"{shop} answers without data.", null);
    }

    /// <summary>A query that costs more than is left of the allowance is told with status 200, and what it would have cost.</summary>
    private static Exception Refusal(ShopId shop, JsonElement answer, JsonElement error)
    {
        var code = error.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var text) ? text.GetString() : null;
        var message = error.TryGetProperty("message", out var said) ? said.GetString() : null;
        return code switch
        {
            "THROTTLED" => new ShopifyUnavailableException($"{shop} is asked too much.", Restored(answer)),
            "INTERNAL_SERVER_ERROR" => new ShopifyUnavailableException($"{shop} has trouble of its own: {message}", null),
            _ => new ShopifyRefusedException($"{shop} refuses: {message ?? "it doesn't say why"} {code}".TrimEnd()),
        };
    }

    /// <summary>(what it costs − what is left) / what comes back a second.</summary>
    private static TimeSpan Restored(JsonElement answer)
    {
        try
        {
            var cost = answer.GetProperty("extensions").GetProperty("cost");
            var status = cost.GetProperty("throttleStatus");
            var missing = cost.GetProperty("requestedQueryCost").GetDouble() - status.GetProperty("currentlyAvailable").GetDouble();
            return TimeSpan.FromSeconds(Math.Clamp(missing / status.GetProperty("restoreRate").GetDouble(), 1, 60));
        }
        catch (KeyNotFoundException)
        {
            return Throttled;
        }
    }

    /// <summary>Shopify writes seconds with a point (2.0), which the standard's header doesn't know.</summary>
    private static TimeSpan? Wait(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Retry-After", out var values) && double.TryParse(values.First(), CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
