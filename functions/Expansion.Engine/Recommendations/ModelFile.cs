using System.Runtime.InteropServices;
using System.Text;
using Expansion.Engine.Recommendations.Ranking;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations;

/// <summary>The binary form of a model: a mark and a version, then arrays as they lie in memory, little-endian, each behind its length.</summary>
internal static class ModelFile
{
    private const int Mark = 0x4D525845;

    /// <summary>Goes up whenever the form, a source or a feature changes; a model of another version is trained anew.</summary>
    private const int Version = 3;

    public static void Write(Stream stream, Sku[] skus, ProductDescription[] products, ModelSources sources, RankingModel[] rankings, double end)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        writer.Write(Version);
        writer.Write(end);
        writer.Write(skus.Length);
        for (var product = 0; product < skus.Length; product++)
        {
            writer.Write(skus[product].Value);
            writer.Write(products[product].Title);
            writer.Write(products[product].Type);
            writer.Write(products[product].Vendor);
        }

        foreach (var neighbours in sources.Lists)
        {
            WriteArray(writer, neighbours.Starts);
            WriteArray(writer, neighbours.Entries);
        }

        WriteColumns(writer, sources.Facts.Columns);
        WriteArray(writer, sources.Popular);
        foreach (var ranking in rankings)
        {
            WriteColumns(writer, ranking.Columns);
        }
    }

    public static RecommendationModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadInt32() != Mark || reader.ReadInt32() != Version)
            {
                throw new FormatException("This is no model of this version.");
            }

            var end = reader.ReadDouble();
            var (skus, products) = (new Sku[reader.ReadInt32()], new List<ProductDescription>());
            for (var product = 0; product < skus.Length; product++)
            {
                skus[product] = new(reader.ReadString());
                products.Add(new(reader.ReadString(), reader.ReadString(), reader.ReadString()));
            }

            var lists = ModelSources.ListNames.Select(_ => new Neighbours(ReadArray<int>(reader), ReadArray<Neighbour>(reader))).ToArray();
            var sources = ModelSources.FromLists(lists, ProductFacts.FromColumns(ReadColumns(reader)), ReadArray<int>(reader));
            var rankings = Enum.GetValues<RecommendationTask>().Select(_ => RankingModel.FromColumns(ReadColumns(reader))).ToArray();
            return new(skus, [.. products], sources, rankings, end);
        }
        catch (Exception exception) when (exception is EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new FormatException("The model is damaged.", exception);
        }
    }

    private static void WriteColumns(BinaryWriter writer, float[][] columns)
    {
        writer.Write(columns.Length);
        foreach (var column in columns)
        {
            WriteArray(writer, column);
        }
    }

    private static float[][] ReadColumns(BinaryReader reader) => [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadArray<float>(reader))];

    private static void WriteArray<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
