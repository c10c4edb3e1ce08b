using System.Globalization;
using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>The facts a decision saw, as a clerk would ask for them.</summary>
internal static class DecisionFacts
{
    public static IReadOnlyList<DecisionFact> Of(TimingContext context)
    {
        var (customer, facts) = (context.Customer, new List<DecisionFact>());
        var adoption = Adoption.Of(context);
        Add("plan", customer.Subscription.Terms?.Value.Plan);
        Add("segment", customer.Segment?.Value);
        Add("health", context.Health.Score is { } score ? Text($"{score:0} ({(context.Health.Given ? "given" : string.Join(' ', context.Health.Components.Select(part => Text($"{part.Name} {part.Points:0.0}: {part.Explanation}"))))})") : "unknown");
        Add("adoption", $"{adoption.Stage}: {adoption.Reason}");
        Add("orders", Text($"{customer.Shopping.Kept.Count()}"));
        Add("open_tickets", Text($"{customer.Support.Tickets.Values.Count(ticket => ticket.IsOpen)}"));
        Add("cart", customer.Shopping.Cart?.Value is { } cart ? Text($"{cart.Skus.Count} products, {cart.Total.Amount} {cart.Total.Currency}") : null);
        Add("offers_in_30_days", Text($"{customer.Offers.Made.Count(made => made.At > context.Now.AddDays(-30))}"));
        Add("rejections", customer.Offers.Rejections.Count == 0 ? null : string.Join("; ", customer.Offers.Rejections.TakeLast(3).Select(no => Text($"{no.Target} on {context.DayOf(no.At):yyyy-MM-dd}, {no.Angle}"))));
        return facts;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                facts.Add(new(name, value));
            }
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
