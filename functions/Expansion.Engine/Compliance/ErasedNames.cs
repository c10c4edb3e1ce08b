using System.Security.Cryptography;
using System.Text;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Compliance;

/// <summary>
/// The customers and orders of a shop that were erased, as hashes: enough to know them again when they come late or a second time, and to name nobody.
/// </summary>
/// <param name="hashes">From <see cref="HashesOf"/>.</param>
public sealed class ErasedNames(ShopId shop, IReadOnlySet<string> hashes)
{
    /// <summary>What the id of an erased order begins with; the rest is its hash.</summary>
    public const string Prefix = "erased-";

    private const string OfCustomer = "customer";
    private const string OfOrder = "order";

    public static ErasedNames None(ShopId shop) => new(shop, new HashSet<string>());

    public static IReadOnlyList<string> HashesOf(ShopId shop, Person person) =>
        [.. person.Ids.Select(id => HashOf(shop, OfCustomer, id.Value)), .. person.Orders.Select(id => HashOf(shop, OfOrder, id.Value))];

    public bool Has(CustomerId id) => hashes.Count > 0 && hashes.Contains(HashOf(shop, OfCustomer, id.Value));

    public bool Has(OrderId id) => hashes.Count > 0 && hashes.Contains(HashOf(shop, OfOrder, id.Value));

    /// <summary>The orders without the names that were erased; the very same list when there are none.</summary>
    public IReadOnlyList<Order> Strip(IReadOnlyList<Order> orders)
    {
        if (hashes.Count == 0)
        {
            return orders;
        }

        var stripped = orders.Select(Strip).ToList();
        return stripped.Zip(orders).All(pair => ReferenceEquals(pair.First, pair.Second)) ? orders : [.. stripped.DistinctBy(order => order.Id)];
    }

    /// <summary>The signals but those of erased customers; the very same list when there are none.</summary>
    public IReadOnlyList<Signal> Strip(IReadOnlyList<Signal> signals) =>
        hashes.Count > 0 && signals.Any(signal => Has(signal.Customer)) ? [.. signals.Where(signal => !Has(signal.Customer))] : signals;

    /// <summary>The order as nobody's when its customer was erased, under another id when it was itself; else the very same.</summary>
    public Order Strip(Order order) => hashes.Count == 0 ? order
        : HashOf(shop, OfOrder, order.Id.Value) is var hash && hashes.Contains(hash) ? order with { Id = new(Prefix + hash), CustomerId = null }
        : order.CustomerId is { } customer && Has(customer) ? order with { CustomerId = null }
        : order;

    private static string HashOf(ShopId shop, string kind, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{shop}\n{kind}\n{id}")));
}
