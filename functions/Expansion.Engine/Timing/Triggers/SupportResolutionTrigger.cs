using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record SupportResolutionOptions
{
    /// <summary>Least satisfaction, of 5: 3 to 5.</summary>
    [Range(3, 5)]
    public int MinSatisfaction { get; init; } = 4;

    /// <summary>Days for which the good impression lasts: 1 to 14.</summary>
    [Range(1, 14)]
    public int FreshDays { get; init; } = 3;
}

/// <summary>Support has solved something and the customer said that it was done well.</summary>
internal sealed class SupportResolutionTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.SupportResolution;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.InApp, Touchpoint.AccountPage, Touchpoint.CustomerSuccess];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.SupportResolution;
        var (id, ticket) = context.Customer.Support.Tickets
            .Where(known => known.Value is { Resolved.Value: not null, IsOpen: false })
            .OrderByDescending(known => known.Value.Resolved!.At).ThenBy(known => known.Value.Resolved!.Value).ThenBy(known => known.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (ticket is null)
        {
            return this.No($"No ticket was resolved with a word on satisfaction.");
        }

        var (at, satisfaction) = (ticket.Resolved!.At, ticket.Resolved.Value);
        var until = at.AddDays(options.FreshDays);
        return satisfaction < options.MinSatisfaction ? this.No($"The last ticket was resolved with satisfaction {satisfaction}, {options.MinSatisfaction} needed.")
            : context.Now > until ? this.No($"The last happy resolution is more than {options.FreshDays} days ago.")
            : this.Fires($"{id}:{at.UtcDateTime:yyyyMMddHHmm}", until, $"A ticket was resolved with satisfaction {satisfaction} of 5.");
    }
}
