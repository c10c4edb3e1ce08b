using System.Runtime.InteropServices;

namespace Expansion.Storage.Segments;

/// <summary>A column of text with few different values: each once, and per row which.</summary>
internal sealed record TextColumn(string[] Names, int[] Indexes)
{
    public string this[int row] => Names[Indexes[row]];

    /// <summary>
    /// A dictionary page is decoded once, and its rows share the decoded arrays, so that the array's identity names the value; nearly every row is found
    /// by it. Where a column was written without a dictionary every row has an array of its own, and the text decides.
    /// </summary>
    public static TextColumn From(ReadOnlySpan<ReadOnlyMemory<char>> values)
    {
        var names = new List<string>();
        var indexes = new int[values.Length];
        var byArray = new Dictionary<char[], int>(ReferenceEqualityComparer.Instance);
        var byText = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = byText.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var row = 0; row < values.Length; row++)
        {
            MemoryMarshal.TryGetArray(values[row], out var array);
            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(byArray, array.Array!, out var known);
            if (!known && !texts.TryGetValue(values[row].Span, out index))
            {
                index = names.Count;
                names.Add(values[row].ToString());
                byText.Add(names[index], index);
            }

            indexes[row] = index;
        }

        return new TextColumn([.. names], indexes);
    }

    /// <summary>The rows at which another value begins, and the number of rows.</summary>
    public static int[] Starts(ReadOnlySpan<ReadOnlyMemory<char>> values)
    {
        var starts = new List<int>();
        for (var row = 0; row < values.Length; row++)
        {
            if (row == 0 || (!values[row].Equals(values[row - 1]) && !values[row].Span.SequenceEqual(values[row - 1].Span)))
            {
                starts.Add(row);
            }
        }

        starts.Add(values.Length);
        return [.. starts];
    }
}
