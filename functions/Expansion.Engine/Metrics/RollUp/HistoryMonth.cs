using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Expansion.Engine.Orders;

namespace Expansion.Engine.Metrics.RollUp;

/// <summary>What was counted of one month of basket segments: enough to tell which days changed when the segment is rewritten.</summary>
/// <param name="Version">Of the segment, with all else that decides how it is counted.</param>
/// <param name="Days">By the shop's own day, the sum of the prints of its orders.</param>
public sealed record HistoryMonth(string Version, IReadOnlyDictionary<DateOnly, ulong> Days)
{
    public static HistoryMonth None { get; } = new("", new Dictionary<DateOnly, ulong>());

    /// <summary>The days that count differently now.</summary>
    public IReadOnlyCollection<DateOnly> ChangedSince(HistoryMonth before) =>
        [.. Days.Keys.Union(before.Days.Keys).Where(day => Days.GetValueOrDefault(day) != before.Days.GetValueOrDefault(day))];

    /// <summary>64 bits of a hash of all that is counted of an order.</summary>
    /// <param name="currency">The shop's, which decides where an amount is counted.</param>
    /// <param name="cohort">Of its customer.</param>
    public static ulong Print(Order order, string currency, YearMonth? cohort)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{order.Id}\n{order.CustomerId}\n{order.OrderedAt.UtcTicks}\n{currency}\n{cohort}");
        foreach (var line in order.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{line.Kept} {line.UnitPrice.Amount} {line.UnitPrice.Currency}");
        }

        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
