using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Connectors.Shopify;

/// <summary>How Shopify's customers are named here.</summary>
internal static class ShopifyCustomers
{
    public static CustomerId IdOf(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The orders export names customers by address only. Its hash tells them apart and is no address.</summary>
    public static CustomerId IdOf(string address) =>
        new("email-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant())).AsSpan(0, 16)));

    /// <summary>From gid://shopify/Customer/1.</summary>
    public static CustomerId IdOfGid(string? gid) => ShopifyGid.Number(gid) is { } id ? IdOf(id) : throw new JsonException($"'{gid}' is no customer's id.");

    /// <summary>A request may name the customer by id or by address: by either, all that is theirs is found.</summary>
    /// <exception cref="JsonException">Nobody is named.</exception>
    public static Person Named(long? id, string? email, IEnumerable<long> orders)
    {
        var address = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        var ids = new[] { id is { } number ? IdOf(number) : (CustomerId?)null, address is null ? null : IdOf(address) }.OfType<CustomerId>().ToList();
        var person = new Person(ids, address, [.. orders.Select(order => new OrderId(order.ToString(CultureInfo.InvariantCulture)))]);
        return person is { Ids: [], Orders: [] } ? throw new JsonException("Neither a customer nor an order is named.") : person;
    }
}
