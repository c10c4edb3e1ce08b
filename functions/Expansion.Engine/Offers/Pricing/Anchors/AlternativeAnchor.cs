using Expansion.Engine.Offers.Pricing.Presentation;

namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>"A standalone analytics tool is $150 a month; as an add-on it is $45."</summary>
internal sealed class AlternativeAnchor : IAnchor
{
    public AnchorKind Kind => AnchorKind.Alternative;

    public AnchorDecision Build(AnchorFacts facts, PricingSettings settings, DateTimeOffset now) => facts.Alternative is not { } alternative ? No("no alternative's price is known")
        : Refuse(alternative, settings, now) is { } refusal ? No(refusal)
        : alternative.Price.Currency != facts.Price.Currency ? No($"{alternative.Name} is priced in {alternative.Price.Currency}, the offer in {facts.Price.Currency}")
        : alternative.Price.Amount <= facts.Price.Amount ? No($"{alternative.Name} costs no more")
        : new(Kind, new Dictionary<string, Fact>
        {
            [FactNames.Alternative] = new Fact.Words(alternative.Name),
            [FactNames.AlternativePrice] = new Fact.Amount(alternative.Price),
            [FactNames.Price] = new Fact.Amount(facts.Price),
        }, FormattableString.Invariant($"{alternative.Price.Amount} {alternative.Price.Currency}, seen on {alternative.ObservedOn:yyyy-MM-dd}: {alternative.Source}"));

    /// <summary>Somebody else's price must say where and when it was seen, and be fresh; a day ahead may be a time zone.</summary>
    private static string? Refuse(Alternative alternative, PricingSettings settings, DateTimeOffset now)
    {
        var age = DateOnly.FromDateTime(now.UtcDateTime).DayNumber - alternative.ObservedOn.DayNumber;
        return string.IsNullOrWhiteSpace(alternative.Source) ? $"{alternative.Name}: nobody says where its price was seen"
            : age < -1 ? FormattableString.Invariant($"{alternative.Name}: its price was seen in the future, on {alternative.ObservedOn:yyyy-MM-dd}")
            : age > settings.AlternativeDays ? FormattableString.Invariant($"{alternative.Name}: its price is {age} days old, {settings.AlternativeDays} are allowed")
            : null;
    }

    private AnchorDecision No(string reason) => AnchorDecision.No(Kind, reason);
}
