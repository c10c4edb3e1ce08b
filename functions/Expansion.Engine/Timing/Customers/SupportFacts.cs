using System.Collections.Immutable;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Customers;

/// <summary>Tickets and the last review. Beyond <see cref="MaxTickets"/> the closed ticket that was touched longest ago is forgotten.</summary>
public sealed record SupportFacts
{
    public const int MaxTickets = 50;

    public ImmutableDictionary<string, Ticket> Tickets { get; init; } = [];

    public Latest<Review>? Review { get; init; }

    internal SupportFacts With(Signal signal) => signal switch
    {
        TicketOpened opened => Change(opened.Ticket, ticket => ticket with { OpenedAt = ticket.OpenedAt.Earlier(opened.At), LastOpenedAt = ticket.LastOpenedAt.Later(opened.At), Severity = Worse(ticket.Severity, opened.Severity) }),
        TicketReopened again => Change(again.Ticket, ticket => ticket with { ReopenedAt = ticket.ReopenedAt.Later(again.At), LastOpenedAt = ticket.LastOpenedAt.Later(again.At) }),
        TicketResolved resolved => Change(resolved.Ticket, ticket => ticket with { Resolved = ticket.Resolved.Or(resolved.Satisfaction, resolved) }),
        ReviewPosted review => this with { Review = Last(Review, new(new(review.Rating, review.Product), review.At, review.Id)) },
        _ => this,
    };

    /// <summary>Of two at one time, such as of the products of one order, the worse.</summary>
    private static Latest<Review> Last(Latest<Review>? known, Latest<Review> told) =>
        known?.At == told.At && known.Value.Rating != told.Value.Rating ? (known.Value.Rating < told.Value.Rating ? known : told)
        : told.IsNewerThan(known) ? told : known!;

    private static TicketSeverity Worse(TicketSeverity? known, TicketSeverity told) => known > told ? known.Value : told;

    private SupportFacts Change(string id, Func<Ticket, Ticket> change)
    {
        var tickets = Tickets.SetItem(id, change(Tickets.GetValueOrDefault(id) ?? new()));
        return this with
        {
            Tickets = tickets.Count <= MaxTickets
                ? tickets
                : tickets.Remove(tickets.OrderBy(ticket => ticket.Value.IsOpen).ThenBy(ticket => ticket.Value.LastAt).ThenBy(ticket => ticket.Key, StringComparer.Ordinal).First().Key),
        };
    }
}

public sealed record Ticket
{
    /// <summary>The worst that was told; null while only a resolution or reopening has arrived.</summary>
    public TicketSeverity? Severity { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? ReopenedAt { get; init; }

    public DateTimeOffset? LastOpenedAt { get; init; }

    /// <summary>The last resolution, with the satisfaction told, 1 to 5.</summary>
    public Latest<int?>? Resolved { get; init; }

    public bool IsOpen => IsOpenAt(DateTimeOffset.MaxValue);

    public DateTimeOffset LastAt => LastOpenedAt is { } opened && Resolved is { } resolved ? Latest.Later(opened, resolved.At) : LastOpenedAt ?? Resolved!.At;

    /// <summary>A ticket that was opened and resolved at one time counts as resolved.</summary>
    public bool IsOpenAt(DateTimeOffset time) => OpenedBy(time) is { } opened && !(Resolved?.At <= time && Resolved.At >= opened);

    private DateTimeOffset? OpenedBy(DateTimeOffset time) => LastOpenedAt <= time ? LastOpenedAt : OpenedAt <= time ? OpenedAt : null;
}

public sealed record Review(int Rating, Sku? Product);
