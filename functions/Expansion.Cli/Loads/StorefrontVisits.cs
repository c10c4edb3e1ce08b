using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Expansion.Cli.Faults;

namespace Expansion.Cli.Loads;

/// <summary>Visitors who open cart pages: the widget's question as it comes through Shopify's app proxy, signed, from many addresses.</summary>
internal sealed class StorefrontVisits(HttpClient http, Func<Uri> host)
{
    private const int Visitors = 2000;

    /// <returns>Whether it was answered; that there is nothing to show is an answer.</returns>
    public async Task<bool> AskAsync(Random random)
    {
        var visitor = random.Next(Visitors);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host(), $"api/storefront/offer?{Query(visitor, random)}"));
        request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.1.{visitor / 250}.{visitor % 250}"));
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>None of its values needs escaping; https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies says what is signed.</summary>
    private static string Query(int visitor, Random random)
    {
        string[] parameters =
        [
            $"cart={OrderStream.Skus[random.Next(OrderStream.Skus.Count)]}", "cart_total=4500", "currency=USD", $"shop={OrderStream.Domain}",
            string.Create(CultureInfo.InvariantCulture, $"timestamp={DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"), "touchpoint=cart_page", string.Create(CultureInfo.InvariantCulture, $"visit=v{visitor}"),
        ];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(OrderStream.Secret), Encoding.UTF8.GetBytes(string.Concat(parameters)));
        return $"{string.Join('&', parameters)}&signature={Convert.ToHexStringLower(signature)}";
    }
}
