using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;

namespace Expansion.Engine.Offers;

/// <summary>How often an offer from one side was taken after one from another side had been rejected. Sums that add.</summary>
public sealed record AngleRecord(ValueProposition FromValue, PricingFrame FromFrame, ValueProposition ToValue, PricingFrame ToFrame, long Made, long Converted)
{
    private const string Prefix = "angle:";

    /// <summary>What its answers are counted under.</summary>
    public static string KeyOf(Angle from, Angle to) => $"{Prefix}{from.Value},{from.Frame},{to.Value},{to.Frame}";

    /// <returns>Null when the key is none of an angle.</returns>
    public static AngleRecord? Of(string key, AnswerCounts counts) => key.StartsWith(Prefix, StringComparison.Ordinal) && key[Prefix.Length..].Split(',') is [var fromValue, var fromFrame, var toValue, var toFrame]
        ? new(Enum.Parse<ValueProposition>(fromValue), Enum.Parse<PricingFrame>(fromFrame), Enum.Parse<ValueProposition>(toValue), Enum.Parse<PricingFrame>(toFrame), counts.Shown, counts.Converted)
        : null;
}

/// <summary>From which side to offer: the best one at first, and after a rejection one that wasn't tried.</summary>
internal static class AngleChooser
{
    /// <summary>
    /// Null when every side has been rejected. After a rejection, what worked best for those who had rejected the same side comes first, by the lower end of Wilson's interval of
    /// its conversions; while nothing is known, a new value proposition is tried before a new frame.
    /// </summary>
    public static Angle? Choose(TimingContext context, Candidate candidate, string trigger)
    {
        var rejected = context.Customer.Offers.Rejections.Where(no => no.Like == candidate.Like).ToList();
        var angles = candidate.Values.SelectMany(value => candidate.Frames.Select(frame => new Angle(value, frame, trigger)))
            .Where(angle => !rejected.Exists(no => no.Angle == angle));
        return rejected.Count == 0
            ? angles.FirstOrDefault()
            : angles.OrderByDescending(angle => Success(context, rejected[^1], angle))
                .ThenBy(angle => rejected.Exists(no => no.Angle.Value == angle.Value))
                .ThenBy(angle => rejected.Exists(no => no.Angle.Frame == angle.Frame))
                .FirstOrDefault();
    }

    private static double Success(TimingContext context, Rejection last, Angle angle)
    {
        var alike = context.Shop.Angles.Where(known =>
            (known.FromValue, known.FromFrame, known.ToValue, known.ToFrame) == (last.Angle.Value, last.Angle.Frame, angle.Value, angle.Frame)).ToList();
        return Wilson.Low(alike.Sum(known => known.Converted), alike.Sum(known => known.Made), context.Settings.Throttle.Deviations);
    }
}
