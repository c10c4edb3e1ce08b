using Expansion.Engine.Offers;

namespace Expansion.Engine.Timing.Suppressions;

/// <summary>The customer wants no offers, at all or by this channel. Final.</summary>
internal sealed class OptOutSuppression : ISuppression
{
    public string Name => TimingSuppressions.OptOut;

    public Suppression? Check(TimingContext context)
    {
        var channel = Channels.Of(context.Touchpoint);
        return context.Customer.Offers.OptedOutAt is { } all ? this.Because($"The customer opted out of all offers on {context.DayOf(all):yyyy-MM-dd}.")
            : context.Customer.Offers.ChannelOptOut(channel) is { } one ? this.Because($"The customer opted out of offers by {channel} on {context.DayOf(one):yyyy-MM-dd}.")
            : null;
    }
}
