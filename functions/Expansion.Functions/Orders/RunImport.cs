using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing.Signals;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Orders;

/// <summary>Imports an uploaded file and says how far it is. The upload goes when it is done with, so a message that comes again finds nothing to do.</summary>
public sealed class RunImport(ImportOrders import, IImportStore imports, IImportFiles files, IMessageQueue queue, TimeProvider clock)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    [Function(nameof(RunImport))]
    public async Task Run([QueueTrigger(ImportRequested.Queue)] ImportRequested message, CancellationToken cancellationToken)
    {
        var status = await imports.FindAsync(message.Shop, message.Id, cancellationToken)
            ?? throw new InvalidOperationException($"Import {message.Id} of {message.Shop} is not known.");
        await using var upload = await files.OpenUploadAsync(message.Shop, message.Id, cancellationToken);
        if (upload is null)
        {
            return;
        }

        var (started, told) = (clock.GetTimestamp(), TimeSpan.Zero);
        await SaveAsync(status = status with { State = ImportState.Running, Error = null });
        try
        {
            ImportReport report;
            await using (var rejects = await files.CreateRejectsAsync(message.Shop, message.Id, cancellationToken))
            using (var csv = new CsvRejects(() => rejects))
            {
                report = await import.RunAsync(message.Shop, upload, message.Format, csv, TellAsync, cancellationToken);
            }

            foreach (var month in PurchasesImported.Of(message.Shop, report.First, report.Last, clock.GetUtcNow()))
            {
                await queue.SendAsync(PurchasesImported.Queue, month, cancellationToken);
            }

            await queue.SendAsync(RollUpDue.Queue, new RollUpDue(message.Shop, Close: false), cancellationToken);
            await SaveAsync(At(report.Lines, report.Rejected) with { State = report.Refusal is null ? ImportState.Done : ImportState.Failed, Report = report, Error = report.Refusal });
        }
        catch (Exception)
        {
            // The queue tries again; meanwhile, and if that was the last time, the status shouldn't say that it runs.
            await imports.SaveAsync(
                message.Shop,
                status with { State = ImportState.Failed, Error = "Something went wrong that is not the file's fault. The import is tried again a few times by itself." },
                CancellationToken.None);
            throw;
        }

        await files.DeleteUploadAsync(message.Shop, message.Id, cancellationToken);

        Task SaveAsync(ImportStatus now) => imports.SaveAsync(message.Shop, now, cancellationToken);

        ImportStatus At(long lines, long rejected) =>
            status with { Lines = lines, Rejected = rejected, LinesPerSecond = Math.Round(lines / Math.Max(clock.GetElapsedTime(started).TotalSeconds, 0.001)) };

        async Task TellAsync(ImportProgress progress)
        {
            if (clock.GetElapsedTime(started) - told >= Beat)
            {
                told = clock.GetElapsedTime(started);
                await SaveAsync(At(progress.Lines, progress.Rejected));
            }
        }
    }
}
