using System.Buffers.Binary;
using Expansion.Engine.Affinity.Delay;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Puts the months' orders together by customer. Every month has its customers in the same order, so they are merged, and only one customer is in memory at a time.</summary>
public static class CustomerHistories
{
    /// <summary>The orders of the window, oldest first, of every known customer that falls into the part.</summary>
    /// <param name="part">From 0 to <paramref name="parts"/> - 1; all parts together hold every customer once.</param>
    public static IEnumerable<IReadOnlyList<CustomerOrder>> Of(WindowCounts window, int part, int parts)
    {
        var months = window.Months.Select(month => month.ReadCustomers()).ToList();
        var heads = new PriorityQueue<int, Head>();
        for (var month = 0; month < months.Count; month++)
        {
            if (MoveNext(months[month], part, parts))
            {
                heads.Enqueue(month, new(months[month].Id, month));
            }
        }

        while (heads.TryPeek(out _, out var first))
        {
            var history = new List<CustomerOrder>();
            while (heads.TryPeek(out var month, out var head) && head.IsOf(first))
            {
                Read(window, month, months[month], history);
                if (MoveNext(months[month], part, parts))
                {
                    heads.DequeueEnqueue(month, new(months[month].Id, month));
                }
                else
                {
                    heads.Dequeue();
                }
            }

            yield return history;
        }
    }

    private static bool MoveNext(DigestCustomers customers, int part, int parts)
    {
        while (customers.MoveNext())
        {
            if (customers.Hash % (uint)parts == part)
            {
                return true;
            }
        }

        return false;
    }

    private static void Read(WindowCounts window, int month, DigestCustomers customer, List<CustomerOrder> history)
    {
        var numbers = window.Numbers(month);
        var calendar = window.Months[month].Month;
        var orders = customer.ReadOrders();
        while (orders.MoveNext())
        {
            foreach (ref var product in orders.Items.AsSpan())
            {
                product = numbers[product];
            }

            history.Add(new(new DateOnly(calendar.Year, calendar.Month, orders.Day), orders.Items));
        }
    }

    /// <summary>The customer a month has come to: by id, then month. The first eight bytes, as a number, decide most comparisons.</summary>
    private readonly record struct Head(ulong Prefix, ReadOnlyMemory<byte> Id, int Month) : IComparable<Head>
    {
        public Head(ReadOnlyMemory<byte> id, int month)
            : this(PrefixOf(id.Span), id, month)
        {
        }

        public bool IsOf(in Head other) => Prefix == other.Prefix && Id.Span.SequenceEqual(other.Id.Span);

        public int CompareTo(Head other) =>
            Prefix != other.Prefix ? Prefix.CompareTo(other.Prefix)
            : Id.Span.SequenceCompareTo(other.Id.Span) is var order and not 0 ? order
            : Month.CompareTo(other.Month);

        private static ulong PrefixOf(ReadOnlySpan<byte> id)
        {
            Span<byte> prefix = stackalloc byte[sizeof(ulong)];
            prefix.Clear();
            id[..Math.Min(id.Length, prefix.Length)].CopyTo(prefix);
            return BinaryPrimitives.ReadUInt64BigEndian(prefix);
        }
    }
}
