using System.Buffers.Binary;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing;

public sealed record ThrottleOptions
{
    /// <summary>Share of shown offers that may be dismissed: 0.01 to 1.</summary>
    [Range(0.01, 1)]
    public double MaxDismissals { get; init; } = 0.5;

    /// <summary>Share that may lead to a complaint: 0.0001 to 0.5.</summary>
    [Range(0.0001, 0.5)]
    public double MaxComplaints { get; init; } = 0.005;

    /// <summary>Share that may lead to an opt-out: 0.0001 to 0.5.</summary>
    [Range(0.0001, 0.5)]
    public double MaxOptOuts { get; init; } = 0.01;

    /// <summary>Confidence that a rate is above its bound, one-sided, in standard deviations: 1 to 4; 1.645 is 95 %.</summary>
    [Range(1, 4)]
    public double Deviations { get; init; } = 1.645;
}

/// <summary>What customers answered to an offer or at a touchpoint. Sums that add.</summary>
public sealed record AnswerCounts(long Shown, long Dismissed, long Complained, long OptedOut, long Converted)
{
    public static AnswerCounts None { get; } = new(0, 0, 0, 0, 0);

    public static AnswerCounts operator +(AnswerCounts left, AnswerCounts right) =>
        new(left.Shown + right.Shown, left.Dismissed + right.Dismissed, left.Complained + right.Complained, left.OptedOut + right.OptedOut, left.Converted + right.Converted);
}

/// <summary>Something that annoys is shown to <paramref name="Share"/> of the customers only.</summary>
/// <param name="Share">A half, a quarter or an eighth.</param>
public sealed record Throttle(string Key, double Share, string Reason)
{
    private const double LeastShare = 0.125;

    public static string KeyOf(Touchpoint touchpoint) => $"touchpoint:{JsonNamingPolicy.SnakeCaseLower.ConvertName(touchpoint.ToString())}";

    public static string KeyOf(string target) => $"offer:{target}";

    /// <summary>
    /// Null while no rate is surely above its bound: the lower end of Wilson's interval (JASA 22, 1927) decides, so three events don't. The share is halved for every
    /// doubling of the worst rate's lower end over its bound.
    /// </summary>
    public static Throttle? Of(string key, AnswerCounts counts, ThrottleOptions options)
    {
        var worst = new[]
        {
            (What: "dismissed", Count: counts.Dismissed, Bound: options.MaxDismissals),
            (What: "complained about", Count: counts.Complained, Bound: options.MaxComplaints),
            (What: "answered with an opt-out", Count: counts.OptedOut, Bound: options.MaxOptOuts),
        }.MaxBy(rate => Low(rate.Count) / rate.Bound);
        var excess = Low(worst.Count) / worst.Bound;
        return excess <= 1 ? null : new(key, Math.Max(LeastShare, Math.Pow(0.5, 1 + Math.Floor(Math.Log2(excess)))), string.Create(
            CultureInfo.InvariantCulture,
            $"{key} was {worst.What} {worst.Count} times of {counts.Shown}, surely more often than in {Low(worst.Count):P2}, where {worst.Bound:P2} is tolerated: it is used less."));

        double Low(long count) => Wilson.Low(Math.Min(count, counts.Shown), counts.Shown, options.Deviations);
    }

    /// <summary>Chance is a hash: the same answer all day, everywhere.</summary>
    public bool LetsThrough(CustomerId customer, DateOnly day)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}:{customer.Value}:{day:O}"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (uint.MaxValue + 1.0) < Share;
    }
}
