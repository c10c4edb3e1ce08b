using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Email;

/// <summary>Links that end a subscription, as RFC 8058 wants them: nobody has to sign in, and nobody can make one for somebody else.</summary>
public sealed class UnsubscribeLinks(IOptionsMonitor<EmailOptions> options)
{
    public const string Path = "/api/email/unsubscribe/";

    private const int MaxLength = 2048;

    public Uri LinkOf(Subscription subscription)
    {
        var settings = options.CurrentValue;
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(subscription, ExpansionJson.Options));
        return new($"{settings.PublicUrl.TrimEnd('/')}{Path}{payload}.{Base64Url.EncodeToString(Sign(settings.LinkKeys[0], payload))}");
    }

    /// <returns>Null for what we didn't write.</returns>
    public Subscription? Read(string token)
    {
        if (token.Length > MaxLength || token.Split('.') is not [var payload, var signature] || !Base64Url.IsValid(payload) || !Base64Url.IsValid(signature))
        {
            return null;
        }

        var claimed = Base64Url.DecodeFromChars(signature);
        var matches = false;
        foreach (var key in options.CurrentValue.LinkKeys)
        {
            matches |= CryptographicOperations.FixedTimeEquals(Sign(key, payload), claimed);
        }

        return matches ? JsonSerializer.Deserialize<Subscription>(Base64Url.DecodeFromChars(payload), ExpansionJson.Options) : null;
    }

    private static byte[] Sign(string key, string payload) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(payload));
}

/// <summary>What a link ends: mail of a shop to an address, told by its hash.</summary>
/// <param name="Offer">The one the link was sent with.</param>
public sealed record Subscription(ShopId Shop, CustomerId Customer, string Address, string Offer)
{
    public static Subscription Of(ShopId shop, CustomerId customer, string address, string offer) => new(shop, customer, MailAddressHash.Of(address).Value, offer);
}
