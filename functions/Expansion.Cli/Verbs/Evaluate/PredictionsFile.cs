using System.Globalization;
using System.IO.Compression;
using CsvHelper;

namespace Expansion.Cli.Verbs.Evaluate;

/// <summary>Answers as case_id,rank,sku, rank 1 the best; compressed when the name ends in .gz.</summary>
internal static class PredictionsFile
{
    public static void Write(FileInfo file, EvaluationOfTask table, string source)
    {
        using var stream = file.Create();
        using var target = file.Extension == ".gz" ? new GZipStream(stream, CompressionLevel.Fastest) : (Stream)stream;
        using var writer = CsvWriter.Create(target);
        writer.WriteRecord("case_id", "rank", "sku");
        var ranked = table.Scores.Single(scores => SourceScores.Name(scores.Source) == source).Ranked;
        for (var i = 0; i < ranked.Count; i++)
        {
            for (var rank = 0; rank < ranked[i].Count; rank++)
            {
                writer.WriteRecord(table.Cases[i].Id, (rank + 1).ToString(CultureInfo.InvariantCulture), ranked[i][rank].Value);
            }
        }
    }
}
