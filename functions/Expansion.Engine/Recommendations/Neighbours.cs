using System.Runtime.InteropServices;
using Expansion.Engine.Affinity.Mining;

namespace Expansion.Engine.Recommendations;

/// <summary>For every product the products it points to, each with a weight; strongest first. Eight bytes a neighbour.</summary>
internal sealed class Neighbours
{
    internal Neighbours(int[] starts, Neighbour[] entries) => (Starts, Entries) = (starts, entries);

    internal int[] Starts { get; }

    internal Neighbour[] Entries { get; }

    public int Products => Starts.Length - 1;

    internal ReadOnlySpan<Neighbour> Of(int product) => Entries.AsSpan(Starts[product], Starts[product + 1] - Starts[product]);

    /// <summary>0 where the one doesn't point to the other.</summary>
    internal float Weight(int from, int to)
    {
        foreach (var neighbour in Of(from))
        {
            if (neighbour.Item == to)
            {
                return neighbour.Weight;
            }
        }

        return 0;
    }

    /// <summary>Calls <paramref name="row"/> for every product, on several threads, and keeps the strongest <paramref name="most"/> of what each returns, ties to the lower number.</summary>
    internal static Neighbours Build(int products, int most, int threads, Func<Func<int, List<Neighbour>, List<Neighbour>>> row)
    {
        var rows = new Neighbour[products][];
        var next = -1;
        WorkerThreads.Run(Math.Min(threads, Math.Max(1, products)), _ =>
        {
            var fill = row();
            var buffer = new List<Neighbour>();
            for (var product = Interlocked.Increment(ref next); product < products; product = Interlocked.Increment(ref next))
            {
                buffer.Clear();
                rows[product] = Strongest(fill(product, buffer), most);
            }
        });
        return Of(rows);
    }

    internal static Neighbours Of(Neighbour[][] rows)
    {
        var starts = new int[rows.Length + 1];
        for (var product = 0; product < rows.Length; product++)
        {
            starts[product + 1] = starts[product] + rows[product].Length;
        }

        var entries = new Neighbour[starts[^1]];
        for (var product = 0; product < rows.Length; product++)
        {
            rows[product].CopyTo(entries, starts[product]);
        }

        return new(starts, entries);
    }

    internal static Neighbour[] Strongest(List<Neighbour> neighbours, int most)
    {
        CollectionsMarshal.AsSpan(neighbours).Sort();
        return [.. CollectionsMarshal.AsSpan(neighbours)[..Math.Min(most, neighbours.Count)]];
    }
}

/// <summary>Sorts by strength, sign aside, strongest first; ties by number.</summary>
internal readonly record struct Neighbour(int Item, float Weight) : IComparable<Neighbour>
{
    public int CompareTo(Neighbour other) => Math.Abs(other.Weight).CompareTo(Math.Abs(Weight)) is var order and not 0 ? order : Item.CompareTo(other.Item);
}
