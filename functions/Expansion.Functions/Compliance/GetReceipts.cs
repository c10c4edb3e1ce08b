using Expansion.Engine;
using Expansion.Engine.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Compliance;

/// <summary>What was carried out for whom, and when; also of a shop that is gone.</summary>
public sealed class GetReceipts(IComplianceFiles files)
{
    [Answers<ReceiptList>]
    [Function(nameof(GetReceipts))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "compliance/receipts")] HttpRequest request, CancellationToken cancellationToken) =>
        ShopId.TryFrom(request.Query["shop"], out var shop)
            ? Results.Ok(new ReceiptList(await files.ReceiptsAsync(shop, cancellationToken)))
            : Problems.BadRequest("Say which shop: ?shop=coffee.myshopify.com");
}

internal sealed record ReceiptList(IReadOnlyList<ComplianceReceipt> Receipts);
