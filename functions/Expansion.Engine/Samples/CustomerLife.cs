using Expansion.Engine.Orders;

namespace Expansion.Engine.Samples;

/// <summary>
/// The orders of one customer. Everybody looks in now and then; regulars come back for their coffee, filters and care products as these run out,
/// until they stop; and some purchases call for another one weeks later.
/// </summary>
internal sealed class CustomerLife(CustomerId id, ShopCalendar calendar, SplitMix64 chance)
{
    private const double CoffeeRegulars = 0.34, CareRegulars = 0.16;

    /// <summary>Chance that a regular goes on after each refill.</summary>
    private const double Loyalty = 0.94;

    /// <summary>Chance that a regular takes another coffee for once.</summary>
    private const double Curiosity = 0.08;

    /// <summary>A customer who shops anyway takes along what is due within this time.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);

    private static readonly SampleProduct[] Coffees = [.. SampleCatalogue.Products.Where(product => product.Demand.Fans > 0 && product.Type == "Coffee beans")];

    private static readonly SampleProduct[] Care = [.. SampleCatalogue.Products.Where(product => product.Demand.Fans > 0 && product.Type != "Coffee beans")];

    private static readonly ILookup<Sku, PlantedSequel> Sequels = SampleTruth.Planted.Later.ToLookup(pair => pair.First);

    private readonly List<Visit> _plan = [];

    private readonly List<PlantedHabit> _habits = [];

    private readonly HashSet<Sku> _owned = [];

    private DateTimeOffset _arrival;

    /// <param name="alreadyKnown">Whether the customer has been one before the two years begin.</param>
    public IEnumerable<SampleOrder> Live(bool alreadyKnown)
    {
        _arrival = alreadyKnown ? calendar.Start : calendar.Arrival(chance);
        Adopt(CoffeeRegulars, Coffees);
        Adopt(CareRegulars, Care);
        _plan.Add(new Visit(alreadyKnown ? NextLook(_arrival) : _arrival, null, null));
        while (_plan.MinBy(visit => visit.Due) is { } next && ShopCalendar.Settle(next.Due, chance) is var at && at < calendar.Until)
        {
            // The day's rush may move a visit past the next one, which then is part of it.
            var visits = _plan.Where(visit => visit == next || (visit.Wanted is not null && visit.Due <= next.Due + Ahead)).ToArray();
            _plan.RemoveAll(visits.Contains);
            var lines = BasketFiller.Fill(visits.Select(Choose).OfType<Sku>(), at, _owned, chance);
            foreach (var visit in visits)
            {
                PlanNext(visit, at);
            }

            _plan.AddRange(from line in lines
                           from sequel in Sequels[line.Sku]
                           where chance.Chance(sequel.Strength)
                           select new Visit(at.AddDays(sequel.Days * chance.Between(0.75, 1.25)), sequel.Then, null));
            yield return new SampleOrder(id, at, lines);
        }
    }

    public SampleCustomer Describe() => new(id, _arrival, _habits);

    private void Adopt(double share, SampleProduct[] among)
    {
        if (!chance.Chance(share))
        {
            return;
        }

        var favourite = among[chance.Pick([.. among.Select(product => product.Demand.Fans)])];
        var habit = new PlantedHabit(favourite.Sku, favourite.Demand.RefillDays * chance.Between(0.8, 1.2));
        _habits.Add(habit);
        _plan.Add(new Visit(_arrival.AddDays(chance.Between(0, habit.Days)), favourite.Sku, habit));
    }

    private Sku? Choose(Visit visit) =>
        visit.Habit is not null && Coffees.Any(coffee => coffee.Sku == visit.Wanted) && chance.Chance(Curiosity)
            ? Coffees[chance.Pick([.. Coffees.Select(coffee => coffee.Demand.Fans)])].Sku
            : visit.Wanted;

    private void PlanNext(Visit visit, DateTimeOffset at)
    {
        if (visit.Wanted is null)
        {
            _plan.Add(new Visit(NextLook(at), null, null));
        }
        else if (visit.Habit is { } habit && chance.Chance(Loyalty))
        {
            _plan.Add(visit with { Due = at.AddDays(habit.Days * chance.Between(0.9, 1.1)) });
        }
    }

    private DateTimeOffset NextLook(DateTimeOffset after)
    {
        do
        {
            after = after.AddDays(chance.Between(1, 330));
        }
        while (after < calendar.Until && !ShopCalendar.Tempts(after, chance));
        return after;
    }

    /// <param name="Wanted">What the customer comes for; null when just looking.</param>
    private sealed record Visit(DateTimeOffset Due, Sku? Wanted, PlantedHabit? Habit);
}

/// <summary>An order before the shop has numbered it.</summary>
internal sealed record SampleOrder(CustomerId Customer, DateTimeOffset At, IReadOnlyList<OrderLine> Lines);
