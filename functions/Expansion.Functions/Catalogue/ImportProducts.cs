using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Catalogue;

/// <summary>Takes Shopify's export of products as the request's body, compressed with gzip or not, and answers when it is stored.</summary>
public sealed class ImportProducts(IShopStore shops, ImportProductFile import)
{
    [Asks("shop")]
    [TakesFile]
    [Function(nameof(ImportProducts))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "products/import")] HttpRequest request, CancellationToken cancellationToken)
    {
        var shopText = (string?)request.Query["shop"];
        if (!ShopId.TryFrom(shopText, out var shop) || await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.NotFound($"There is no shop '{shopText}'. Add it with PUT /api/shops/{{shop}}/settings first: its currency is that of the file's prices.");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        body.Position = 0;
        var rejects = new RejectedLines();
        var report = await import.RunAsync(shop, body, rejects, cancellationToken);
        return report.Refusal is { } refusal
            ? Problems.BadRequest(refusal)
            : Results.Ok(new { report.Items, report.Saved, Rejected = rejects.Count, Rejects = rejects.First });
    }

    private sealed class RejectedLines : IImportRejects
    {
        private const int Most = 100;

        public int Count { get; private set; }

        public List<RejectedLine> First { get; } = [];

        public void Add(long line, string reason, string text)
        {
            if (Count++ < Most)
            {
                First.Add(new(line, reason, text));
            }
        }
    }

    private sealed record RejectedLine(long Line, string Reason, string Text);
}
