using System.Globalization;
using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>What a candidate must not be. The first that applies is the reason it isn't offered; a new one is a line in <see cref="All"/>.</summary>
internal static class CandidateRefusals
{
    private static readonly Func<TimingContext, Candidate, string?>[] All = [Had, AddsNothing, TooEarly, Rejected, Repeated, Throttled];

    /// <returns>Null when nothing speaks against it.</returns>
    public static string? Of(TimingContext context, Candidate candidate) => All.Select(refusal => refusal(context, candidate)).FirstOrDefault(reason => reason is not null);

    private static string? Had(TimingContext context, Candidate candidate) =>
        context.Customer.Has(candidate.Target) ? "The customer has it."
        : context.Customer.Shopping.Cart?.Value.Skus.Contains(new(candidate.Target)) == true ? "It is in the cart."
        : null;

    private static string? AddsNothing(TimingContext context, Candidate candidate) =>
        candidate is { Kind: OfferKind.Upsell, Gains.Count: 0 } ? "It asks more and adds nothing to what the customer has: price gouging." : null;

    private static string? TooEarly(TimingContext context, Candidate candidate) =>
        candidate.Kind == OfferKind.Upsell && Adoption.Of(context) is { Stage: AdoptionStage.Early } early ? $"Adoption is early ({early.Reason.TrimEnd('.')}): cross-sell first." : null;

    private static string? Rejected(TimingContext context, Candidate candidate)
    {
        var days = context.Settings.Manners.CooldownDays;
        return context.Customer.Offers.Rejections.FindLast(no => no.Like == candidate.Like && no.At.AddDays(days) > context.Now) is { } no
            ? string.Create(CultureInfo.InvariantCulture, $"{(no.Target == candidate.Target ? "It" : $"{no.Target}, which is like it,")} was rejected on {context.DayOf(no.At):yyyy-MM-dd}: silent for {days} days.")
            : null;
    }

    private static string? Repeated(TimingContext context, Candidate candidate)
    {
        var days = context.Settings.Manners.RepeatDays;
        return context.Customer.Offers.Made.FindLast(made => made.Target == candidate.Target && made.At.AddDays(days) > context.Now) is { } made
            ? string.Create(CultureInfo.InvariantCulture, $"It was offered on {context.DayOf(made.At):yyyy-MM-dd}, less than {days} days ago.")
            : null;
    }

    private static string? Throttled(TimingContext context, Candidate candidate) =>
        context.Shop.Throttles.TryGetValue(Throttle.KeyOf(candidate.Target), out var throttle) && !throttle.LetsThrough(context.Customer.Customer, context.Today) ? throttle.Reason : null;
}
