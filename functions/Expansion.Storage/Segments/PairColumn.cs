using Expansion.Engine.Affinity.Pairs;
using Parquet;
using Parquet.Schema;

namespace Expansion.Storage.Segments;

/// <summary>One column of a file of pairs: its name and type, and how it is taken from the pairs.</summary>
internal sealed record PairColumn(DataField Field, Func<ParquetRowGroupWriter, IReadOnlyList<ScoredPair>, CancellationToken, Task> WriteAsync)
{
    public static PairColumn Text(string name, Func<ScoredPair, string> value)
    {
        var field = new DataField<string>(name, nullable: false);
        return new(field, (group, pairs, stop) => group.WriteAsync<ReadOnlyMemory<char>>(field, Values(pairs, pair => value(pair).AsMemory()), cancellationToken: stop));
    }

    public static PairColumn Number<T>(string name, Func<ScoredPair, T> value)
        where T : struct
    {
        var field = new DataField<T>(name, nullable: false);
        return new(field, (group, pairs, stop) => group.WriteAsync<T>(field, Values(pairs, value), cancellationToken: stop));
    }

    public static PairColumn Maybe<T>(string name, Func<ScoredPair, T?> value)
        where T : struct
    {
        var field = new DataField<T>(name, nullable: true);
        return new(field, (group, pairs, stop) => group.WriteAsync<T>(field, Values(pairs, value), cancellationToken: stop));
    }

    /// <summary>An amount of money, at the scale of the segments' prices.</summary>
    public static PairColumn Amount(string name, Func<ScoredPair, decimal?> value)
    {
        var field = new DecimalDataField(name, SegmentSchema.PricePrecision, SegmentSchema.PriceScale, isNullable: true);
        return new(field, (group, pairs, stop) => group.WriteAsync<decimal>(field, Values(pairs, value), cancellationToken: stop));
    }

    private static T[] Values<T>(IReadOnlyList<ScoredPair> pairs, Func<ScoredPair, T> value)
    {
        var values = new T[pairs.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = value(pairs[row]);
        }

        return values;
    }
}
