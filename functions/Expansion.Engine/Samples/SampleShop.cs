using System.Globalization;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Samples;

/// <summary>A coffee-and-kitchen shop and two years of its orders, made up and believable; the same seed and time give the same shop to the byte.</summary>
/// <param name="Orders">By time. Returns are orders of their own, numbered R and the order they undo.</param>
/// <param name="Subscription">The software the same house rents to cafés.</param>
public sealed record SampleShop(
    IReadOnlyList<SampleProduct> Products,
    IReadOnlyList<SampleCustomer> Customers,
    IReadOnlyList<Order> Orders,
    SampleTruth Truth,
    SampleSubscription Subscription)
{
    public const ulong DefaultSeed = 20;

    /// <summary>The shop it is loaded as.</summary>
    public static readonly ShopId Id = ShopId.From("sample.expansion.example");

    private const int CustomerCount = 3000;

    /// <summary>Customers the shop had before the two years begin, so that it does not start from nothing.</summary>
    private const int KnownCustomers = 600;

    /// <param name="until">The shop's present; every order is before it.</param>
    public static SampleShop Create(DateTimeOffset until, ulong seed = DefaultSeed)
    {
        var calendar = new ShopCalendar(until);
        var customers = new List<SampleCustomer>();
        var placed = new List<SampleOrder>();
        for (var i = 1; i <= CustomerCount; i++)
        {
            var life = new CustomerLife(new CustomerId(string.Create(CultureInfo.InvariantCulture, $"C{i:00000}")), calendar, SplitMix64.For(seed, i));
            placed.AddRange(life.Live(alreadyKnown: i <= KnownCustomers));
            customers.Add(life.Describe());
        }

        return new SampleShop(
            SampleCatalogue.Products,
            customers,
            new OrderDesk(calendar.Until, SplitMix64.For(seed, 0)).Book(placed),
            SampleTruth.Planted,
            SubscriptionBook.Create(calendar, seed));
    }
}
