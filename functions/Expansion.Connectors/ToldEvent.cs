using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Metrics.Recurring;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors;

/// <summary>What one event of another system says, in our words. Of what it doesn't say, there is nothing here.</summary>
public sealed record ToldEvent
{
    public IReadOnlyList<Signal> Signals { get; init; } = [];

    public Contact? Contact { get; init; }

    /// <summary>The customer asked to be forgotten.</summary>
    public CustomerId? Erase { get; init; }

    /// <summary>Who pays <see cref="Revenue"/>, and by what.</summary>
    public CustomerId? Customer { get; init; }

    public string? Subscription { get; init; }

    public RevenueLevel? Revenue { get; init; }
}
