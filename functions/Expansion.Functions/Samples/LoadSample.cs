using System.Text;
using Expansion.Engine.Orders;
using Expansion.Engine.Samples;
using Expansion.Engine.Shops;
using Expansion.Functions.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Samples;

/// <summary>Turns the sample shop on: its orders until today are imported as any shop's are. A second time on the same day changes nothing.</summary>
public sealed class LoadSample(IShopStore shops, ImportInbox inbox, TimeProvider time)
{
    [OfAllShops]
    [Answers<ImportStatus>(202)]
    [Function(nameof(LoadSample))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "put", Route = "sample")] HttpRequest request, CancellationToken cancellationToken)
    {
        await shops.EnsureAsync(SampleShop.Id, cancellationToken);
        using var file = new MemoryStream();
        await using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
        {
            SampleOrdersCsv.Write(SampleShop.Create(new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero)).Orders, writer);
        }

        file.Position = 0;
        var status = await inbox.TakeAsync(SampleShop.Id, "plain", file, cancellationToken);
        return Results.Accepted($"/api/orders/import/{status.Id}?shop={SampleShop.Id}", status);
    }
}
