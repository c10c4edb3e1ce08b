using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing.Suppressions;

public sealed record SupportCrisisOptions
{
    /// <summary>An open ticket of this severity is a crisis at once.</summary>
    public TicketSeverity Severity { get; init; } = TicketSeverity.High;

    /// <summary>So many open tickets are a crisis, whatever their severity: 1 to 10.</summary>
    [Range(1, 10)]
    public int OpenTickets { get; init; } = 2;

    /// <summary>Any ticket open for so many days is a crisis: 0 to 30.</summary>
    [Range(0, 30)]
    public int OpenDays { get; init; } = 3;

    /// <summary>Days after a ticket was reopened that it stays one, resolved or not: 1 to 60.</summary>
    [Range(1, 60)]
    public int ReopenedDays { get; init; } = 7;

    /// <summary>Days of quiet after a resolution that nobody was happy with: 0 to 30.</summary>
    [Range(0, 30)]
    public int QuietDays { get; init; } = 2;

    /// <summary>Satisfaction, of 5, from which a resolution needs no quiet: 3 to 5.</summary>
    [Range(3, 5)]
    public int HappyFrom { get; init; } = 4;
}

/// <summary>Never during a support crisis.</summary>
internal sealed class SupportCrisisSuppression : ISuppression
{
    public string Name => TimingSuppressions.SupportCrisis;

    public Suppression? Check(TimingContext context)
    {
        var (options, now) = (context.Settings.SupportCrisis, context.Now);
        var tickets = context.Customer.Support.Tickets.Values;
        var open = tickets.Where(ticket => ticket.IsOpen).ToList();
        if (open.Exists(ticket => (ticket.Severity ?? TicketSeverity.Normal) >= options.Severity))
        {
            return this.Because($"A ticket of severity {options.Severity} or worse is open.");
        }

        if (open.Count >= options.OpenTickets)
        {
            return this.Because($"{open.Count} tickets are open.");
        }

        if (open.Exists(ticket => ticket.LastOpenedAt!.Value.AddDays(options.OpenDays) <= now))
        {
            return this.Because($"A ticket has been open for {options.OpenDays} days or more.");
        }

        if (tickets.Max(ticket => ticket.ReopenedAt)?.AddDays(options.ReopenedDays) is { } settled && settled > now)
        {
            return this.Because($"A ticket was reopened less than {options.ReopenedDays} days ago.", settled);
        }

        return tickets.Where(ticket => IsSore(ticket, options)).Max(ticket => ticket.Resolved?.At)?.AddDays(options.QuietDays) is { } quiet && quiet > now
            ? this.Because($"A ticket was resolved less than {options.QuietDays} days ago, and not happily.", quiet)
            : null;
    }

    private static bool IsSore(Ticket ticket, SupportCrisisOptions options) =>
        !ticket.IsOpen && ticket.Resolved is { Value: var satisfaction } && !(satisfaction >= options.HappyFrom);
}
