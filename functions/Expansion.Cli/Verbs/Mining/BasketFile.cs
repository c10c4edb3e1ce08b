using System.Runtime.CompilerServices;
using Expansion.Engine.Affinity.Mining;
using Microsoft.Win32.SafeHandles;

namespace Expansion.Cli.Verbs.Mining;

/// <summary>
/// Reads a file with one basket a line: integers from 0 to 2³¹−1 between blanks or tabs, in any order, repetitions and empty lines allowed, LF or CRLF.
/// Every thread reads its own part of the file, so order is kept and nobody waits.
/// </summary>
internal static class BasketFile
{
    /// <exception cref="FormatException">Something else stands in the file; the message names the line.</exception>
    public static NumberedBaskets Read(string path, int threads)
    {
        using var file = File.OpenHandle(path);
        var parts = Parts(RandomAccess.GetLength(file), threads);
        try
        {
            // Nearly every file numbers its items densely; one that doesn't is found out soon and read again.
            return Baskets(file, parts, null) ?? Baskets(file, parts, Ids(file, parts))!;
        }
        catch (BasketFormatException error)
        {
            throw new FormatException($"{path}, line {LineOf(file, error.Position)}: {error.Message}", error);
        }
    }

    /// <summary>A line belongs to the part in which it begins.</summary>
    private static FilePart[] Parts(long length, int threads)
    {
        var parts = new FilePart[threads];
        for (var i = 0; i < threads; i++)
        {
            parts[i] = new FilePart(length * i / threads, length * (i + 1) / threads);
        }

        return parts;
    }

    private static NumberedBaskets? Baskets(SafeFileHandle file, FilePart[] parts, int[]? ids)
    {
        var numbers = ids is null ? null : new Dictionary<int, int>(ids.Select((id, number) => KeyValuePair.Create(id, number)));
        var builders = Array.ConvertAll(parts, _ => new BasketBuilder());
        var dense = new bool[parts.Length];
        WorkerThreads.Run(parts.Length, i => dense[i] = Fill(builders[i], new BasketParser(file, parts[i].From, parts[i].To), numbers));
        return Array.TrueForAll(dense, part => part) ? new NumberedBaskets(BasketMatrix.From(builders), ids) : null;
    }

    /// <returns>False when the integers are too large to be items as they are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Fill(BasketBuilder builder, BasketParser parser, Dictionary<int, int>? numbers)
    {
        while (parser.TryReadBasket(out var basket))
        {
            if (numbers is not null)
            {
                foreach (ref var item in basket)
                {
                    item = numbers[item];
                }
            }
            else if (parser.Largest > BasketMatrix.MaxItem)
            {
                return false;
            }

            builder.Add(basket);
        }

        return true;
    }

    /// <summary>All ids of the file, ascending.</summary>
    private static int[] Ids(SafeFileHandle file, FilePart[] parts)
    {
        var sets = Array.ConvertAll(parts, _ => new HashSet<int>());
        WorkerThreads.Run(parts.Length, i =>
        {
            var parser = new BasketParser(file, parts[i].From, parts[i].To);
            while (parser.TryReadBasket(out var basket))
            {
                foreach (var id in basket)
                {
                    sets[i].Add(id);
                }
            }
        });
        var all = sets.SelectMany(set => set).Distinct().ToArray();
        Array.Sort(all);
        return all;
    }

    private static long LineOf(SafeFileHandle file, long position)
    {
        var buffer = new byte[1 << 16];
        var line = 1L;
        for (var at = 0L; at < position; at += buffer.Length)
        {
            var read = RandomAccess.Read(file, buffer, at);
            line += buffer.AsSpan(0, (int)Math.Min(read, position - at)).Count((byte)'\n');
        }

        return line;
    }
}

internal sealed record FilePart(long From, long To);

/// <param name="Ids">The id in the file of each item, or null when it is the item.</param>
internal sealed record NumberedBaskets(BasketMatrix Matrix, int[]? Ids);

internal sealed class BasketFormatException(long position, string message) : FormatException(message)
{
    public long Position => position;
}
