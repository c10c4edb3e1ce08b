using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Orders;

/// <summary>Takes a file of orders, as large as the host lets through, and leaves the work to <see cref="RunImport"/>.</summary>
public sealed class StartImport(IShopStore shops, IOrderFiles formats, ImportInbox inbox)
{
    [TakesFile]
    [Answers<ImportStatus>(202)]
    [Asks("shop", "format")]
    [Function(nameof(StartImport))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "orders/import")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (shopText, format) = ((string?)request.Query["shop"], (string?)request.Query["format"]);
        if (!ShopId.TryFrom(shopText, out var shop) || await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.NotFound($"There is no shop '{shopText}'. Add it with PUT /api/shops/{{shop}}/settings first: its time zone and currency decide how the file is read.");
        }

        if (format is not null && !formats.Formats.Contains(format))
        {
            return Problems.BadRequest($"There is no format '{format}': use {string.Join(" or ", formats.Formats)}, or none to tell it by the header.");
        }

        if (request.ContentLength == 0)
        {
            return Problems.BadRequest("The body is empty: send the file itself as the body, compressed with gzip or not.");
        }

        try
        {
            var status = await inbox.TakeAsync(shop, format, request.Body, cancellationToken);
            return Results.Accepted($"{request.Path}/{status.Id}?shop={shop}", status);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge("The file is larger than a request may be: compress it with gzip, cut it up between orders, or use 'expansion import'.");
        }
    }
}
