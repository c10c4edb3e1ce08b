using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Compliance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Compliance;

/// <summary>Writes everything that is kept about a customer into one file, for the shop to hand over.</summary>
public sealed partial class ExportCustomer(IInbox inbox, PersonOrders orders, IPersonalRecords records, IComplianceFiles files, TimeProvider time, ILogger<ExportCustomer> logger)
{
    private static readonly JsonSerializerOptions Readable = new(ExpansionJson.Options) { WriteIndented = true };

    [Function(nameof(ExportCustomer))]
    public async Task Run([QueueTrigger(CustomerDataRequested.Queue)] CustomerDataRequested message, CancellationToken cancellationToken)
    {
        if (await inbox.OpenAsync(message, cancellationToken) is not { } request)
        {
            return;
        }

        var found = await orders.FindAsync(request.Shop, request.Person, cancellationToken);
        var person = request.Person with { Orders = [.. request.Person.Orders.Union(found.Select(order => order.Id))] };
        var kept = await records.FindAsync(request.Shop, person, cancellationToken).ToListAsync(cancellationToken);
        await using (var file = await files.CreateExportAsync(request.Shop, request.Id, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(file, new DataExport(request.Person, time.GetUtcNow(), found, kept), Readable, cancellationToken);
        }

        var counts = kept.CountBy(record => record.Where.Split('/')[0]).Append(new("baskets", found.Count)).ToDictionary();
        await files.SaveAsync(request.Shop, new(ComplianceTask.DataRequest, ComplianceReceipt.Hash(request.Shop.Value, request.Id), time.GetUtcNow(), counts), cancellationToken);
        await inbox.DoneAsync(message, cancellationToken);
        LogExported(request.Id, request.Shop);
    }

    [LoggerMessage(LogLevel.Warning, "A customer of {Shop} asks for their data: hand over what GET /api/compliance/exports/{Id}?shop={Shop} gives, within 30 days of the request.")]
    private partial void LogExported(string id, ShopId shop);
}

internal sealed record DataExport(Person Person, DateTimeOffset ExportedAt, IReadOnlyList<Engine.Orders.Order> Orders, IReadOnlyList<PersonalRecord> Records);
