using System.Globalization;
using System.IO.Compression;
using Expansion.Engine.Affinity.Mining;
using Expansion.Testing;

namespace Expansion.Engine.Tests.Affinity.Mining;

/// <summary>Real baskets, counted by two other programs; the files say how, see the shared material's README.</summary>
public sealed class PairReferenceTests
{
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly BasketBuilder _builder = new();

    [Fact]
    public void ToList_Groceries_EqualsEveryPairThatOccurs()
    {
        foreach (var line in File.ReadLines(Shared("groceries.csv")))
        {
            Add(line.Split(',').Select(name => name.Trim()));
        }

        AssertEqualsReference(9_835, 9_636, 1, "pairs_groceries_low.csv.gz");
    }

    [Fact]
    public void ToList_OnlineRetail_EqualsEveryPairOfFortyBaskets()
    {
        // Titles hold commas, but stand between the columns needed: order and sku from the front, quantity from the back.
        var orders = Lines("online_retail.csv.gz")
            .Select(line => line.Split(','))
            .Where(fields => int.Parse(fields[^2], CultureInfo.InvariantCulture) > 0)
            .GroupBy(fields => fields[0], fields => fields[3], StringComparer.Ordinal);
        foreach (var order in orders)
        {
            Add(order);
        }

        AssertEqualsReference(19_773, 92_483, 40, "pairs_online_retail_low.csv.gz");
    }

    private void Add(IEnumerable<string> names) => _builder.Add([.. names.Select(name =>
    {
        _items.TryAdd(name, _items.Count);
        return _items[name];
    })]);

    private void AssertEqualsReference(long baskets, int pairs, int minCount, string file)
    {
        var matrix = BasketMatrix.From(_builder);
        var expected = Lines(file).Select(line => line.Split(',')).Select(fields => (fields[0], fields[1], long.Parse(fields[2], CultureInfo.InvariantCulture))).ToHashSet();
        var names = _items.ToDictionary(item => item.Value, item => item.Key);
        var counted = new PairCounter(matrix, minCount).ToList()
            .Select(pair => string.CompareOrdinal(names[pair.A], names[pair.B]) < 0
                ? (names[pair.A], names[pair.B], (long)pair.Both)
                : (names[pair.B], names[pair.A], pair.Both))
            .ToHashSet();

        Assert.Equal(baskets, matrix.Baskets);
        Assert.Equal(pairs, counted.Count);
        Assert.True(expected.SetEquals(counted));
    }

    /// <summary>Without the header.</summary>
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Shared(file)), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static string Shared(string file)
    {
        var path = SharedMaterial.Find($"data/{file}");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        return path;
    }
}
