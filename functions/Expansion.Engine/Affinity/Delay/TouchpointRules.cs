using System.Globalization;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Affinity.Delay;

/// <param name="AfterDays">Days to wait after a was bought, or began to be used; null where the moment is the visit itself.</param>
/// <param name="Reason">Why there and then, in words.</param>
public sealed record TouchpointAdvice(Touchpoint Touchpoint, int? AfterDays, string Reason);

/// <summary>A reason to show a pair at one place.</summary>
public sealed record TouchpointRule(Func<PairFacts, bool> Applies, Func<PairFacts, TouchpointAdvice> Advise);

/// <summary>Where a pair is shown: the first rule that applies. A new rule is one entry in <see cref="All"/>.</summary>
public static class TouchpointRules
{
    /// <summary>Days of use after which an add-on is offered.</summary>
    public const int AddOnDays = 30;

    /// <summary>Fewer customers with both than this don't tell when they buy.</summary>
    public const int LeastCustomers = 10;

    /// <summary>How many days before the usual time the mail goes out: in time to be read, late enough to be wanted.</summary>
    public const int MailLeadDays = 3;

    /// <summary>At up to this part of the price of a, b needs no thought and can wait for the cart.</summary>
    public const double SmallPriceRatio = 0.5;

    public static IReadOnlyList<TouchpointRule> All { get; } =
    [
        new(
            facts => facts.Kind == ProductKind.Module,
            _ => new(Touchpoint.Onboarding, null, "Modules are chosen while the product is set up.")),
        new(
            facts => facts.Kind == ProductKind.AddOn,
            _ => new(Touchpoint.InApp, AddOnDays, $"Add-ons are wanted once the product is in use, from about {AddOnDays} days on.")),
        new(
            facts => facts is { Customers: >= LeastCustomers, SameBasketShare: < 0.5, DelayDays: not null },
            facts => AfterPurchase(1 - facts.SameBasketShare, facts.DelayDays!.Value)),
        new(
            facts => facts is { Customers: >= LeastCustomers, SameBasketShare: < 0.5, DelayDays: null },
            _ => new(Touchpoint.ProductPage, null, "Customers usually have it before; who looks at the other without it may be missing it.")),
        new(
            facts => facts.PriceRatio <= SmallPriceRatio,
            facts => new(Touchpoint.CartPage, null, Text($"{Together(facts)}, at {facts.PriceRatio:P0} of the price: a small extra, taken along at the cart."))),
        new(
            _ => true,
            facts => new(Touchpoint.ProductPage, null, Text($"{Together(facts)}, so they are weighed up together, beside the product."))),
    ];

    public static TouchpointAdvice Advise(PairFacts facts) => All.First(rule => rule.Applies(facts)).Advise(facts);

    private static TouchpointAdvice AfterPurchase(double laterShare, int delayDays)
    {
        var day = Math.Max(1, delayDays - MailLeadDays);
        return new(Touchpoint.PostPurchaseEmail, day, Text(
            $"{laterShare:P0} of those who buy both buy the second in a later order, typically {Days(delayDays)} after the first; mail on day {day}."));
    }

    private static string Together(PairFacts facts) => facts.Customers < LeastCustomers
        ? "Bought in the same basket"
        : Text($"{facts.SameBasketShare:P0} of those who buy both buy them in one order");

    private static string Days(int days) => days == 1 ? "1 day" : Text($"{days} days");

    /// <summary>The invariant culture writes a share as "62 %" on every machine.</summary>
    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
