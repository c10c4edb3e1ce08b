using System.IO.Compression;
using System.Text;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Affinity;

/// <summary>All pairs that fit as CSV, written as they are read; or the generation's own Parquet file, which knows no decisions.</summary>
public sealed class ExportPairs(ShopPairsReader reader, IPairFiles files)
{
    private const string Csv = "csv";
    private const string Compressed = "csv.gz";
    private const string Parquet = "parquet";

    [Asks("shop", "format", "verdict", "product", "min_support", "min_lift", "min_count", "max_q", "seasonal", "trend", "touchpoint", "actionable")]
    [Function(nameof(ExportPairs))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "affinity/pairs/export")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, format, filter) = (query.Shop(), query.OneOf("format", [Csv, Compressed, Parquet]) ?? Csv, PairsQuery.Filter(query));
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (format == Parquet && filter != new PairFilter())
        {
            return Problems.BadRequest("The Parquet file holds every kept pair: leave the filters out, or export CSV.");
        }

        var (pairs, missing) = await reader.ReadAsync(shop, cancellationToken);
        if (missing is not null)
        {
            return Problems.Missing(missing);
        }

        var name = $"{shop}-{pairs!.Generation.Id}.{format}";
        return format switch
        {
            Parquet => Results.Stream(await files.OpenAsync(shop, pairs.Generation.Id, cancellationToken), "application/vnd.apache.parquet", name),
            Compressed => Results.Stream(async body =>
            {
                await using var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
                await WriteAsync(pairs, filter, gzip, cancellationToken);
            }, "application/gzip", name),
            _ => Results.Stream(body => WriteAsync(pairs, filter, body, cancellationToken), "text/csv; charset=utf-8", name),
        };
    }

    private static async Task WriteAsync(ShopPairs pairs, PairFilter filter, Stream body, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await writer.WriteLineAsync(PairCsv.Header);
        foreach (var pair in pairs.All().Where(filter.Matches))
        {
            await writer.WriteLineAsync(PairCsv.Line(pair).AsMemory(), cancellationToken);
        }
    }
}
