using System.Collections.Immutable;

namespace Expansion.Engine.Outcomes;

/// <summary>What one customer was shown and did, lately: enough to credit orders to showings and to read what an experiment's visitor is worth.</summary>
public sealed record CustomerJournal
{
    /// <summary>Of showings and what followed; and as many of the rest.</summary>
    public const int MaxOutcomes = 300;

    public static CustomerJournal Empty { get; } = new();

    /// <summary>By time; of a kind and id the last one heard of.</summary>
    public ImmutableList<Outcome> Outcomes { get; init; } = [];

    /// <summary>The first order ever told, which stays when the order itself no longer fits.</summary>
    public DateTimeOffset? FirstOrderAt { get; init; }

    public CustomerJournal With(IEnumerable<Outcome> outcomes)
    {
        var latest = new Dictionary<(OutcomeKind, string), Outcome>();
        foreach (var outcome in Outcomes.Concat(outcomes))
        {
            latest[(outcome.Kind, outcome.Id)] = outcome;
        }

        var (offers, rest) = (latest.Values.Where(outcome => outcome.Kind.IsOfOffer()), latest.Values.Where(outcome => !outcome.Kind.IsOfOffer()));
        var first = latest.Values.Where(outcome => outcome.Kind == OutcomeKind.Order).Select(outcome => (DateTimeOffset?)outcome.At).Min();
        return new()
        {
            Outcomes = [.. Latest(offers).Concat(Latest(rest)).OrderBy(outcome => outcome.At).ThenBy(outcome => outcome.Kind).ThenBy(outcome => outcome.Id, StringComparer.Ordinal)],
            FirstOrderAt = FirstOrderAt < first ? FirstOrderAt : first ?? FirstOrderAt,
        };

        static IEnumerable<Outcome> Latest(IEnumerable<Outcome> outcomes) => outcomes.OrderBy(outcome => outcome.At).TakeLast(MaxOutcomes);
    }

    /// <summary>The products shown, once for each product of a showing.</summary>
    public IEnumerable<ShownOffer> Shown()
    {
        var clicked = Outcomes.Where(outcome => outcome.Kind == OutcomeKind.Click).Select(outcome => outcome.Id).ToHashSet(StringComparer.Ordinal);
        return Outcomes.Where(outcome => outcome is { Kind: OutcomeKind.Impression, Bot: false })
            .SelectMany(shown => shown.Products.Select(sku => new ShownOffer(shown.Id, sku, shown.At, clicked.Contains(shown.Id))));
    }

    /// <summary>The same outcome as last heard of.</summary>
    public Outcome? Known(Outcome outcome) => Outcomes.Find(known => known.Kind == outcome.Kind && known.Id == outcome.Id);

    /// <summary>The last word on what came in, and the clicks that it moves: a click counts where its showing does, whichever of them is heard of first.</summary>
    public IReadOnlyList<Outcome> Complete(IReadOnlyList<Outcome> incoming)
    {
        var after = With(incoming);
        var told = incoming.GroupBy(outcome => (outcome.Kind, outcome.Id)).Select(same => same.Last()).ToList();
        return
        [
            .. told.Select(Placed),
            .. Outcomes.Where(known => known.Kind == OutcomeKind.Click && !told.Exists(now => now.Kind == OutcomeKind.Click && now.Id == known.Id) && Placed(known) != known).Select(Placed),
        ];

        Outcome Placed(Outcome outcome) => outcome.Kind == OutcomeKind.Click && after.Impression(outcome.Id) is { } shown ? outcome with { ShownAt = shown.At, Tags = shown.Tags } : outcome;
    }

    public Outcome? Impression(string id) => Outcomes.Find(outcome => outcome.Kind == OutcomeKind.Impression && outcome.Id == id);
}

public interface IJournalStore
{
    /// <summary>By point reads; empty for who did nothing yet.</summary>
    Task<CustomerJournal> FindAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Takes outcomes into the journals of their customers. Can be repeated.</summary>
    Task SaveAsync(ShopId shop, IEnumerable<Outcome> outcomes, CancellationToken cancellationToken);
}
