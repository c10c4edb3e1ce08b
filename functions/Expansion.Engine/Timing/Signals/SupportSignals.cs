using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Signals;

public enum TicketSeverity
{
    Low,
    Normal,
    High,
    Critical,
}

public sealed record TicketOpened([property: Length(1, 255)] string Ticket, TicketSeverity Severity = TicketSeverity.Normal) : Signal;

/// <param name="Satisfaction">1, very unhappy, to 5, very happy; missing when nobody said.</param>
public sealed record TicketResolved([property: Length(1, 255)] string Ticket, [property: Range(1, 5)] int? Satisfaction = null) : Signal;

public sealed record TicketReopened([property: Length(1, 255)] string Ticket) : Signal;

/// <param name="Rating">1 to 5.</param>
/// <param name="Product">What was reviewed; missing for a review of the shop.</param>
public sealed record ReviewPosted([property: Range(1, 5)] int Rating, [property: Length(1, 255)] Sku? Product = null) : Signal;
