using Expansion.Connectors;
using Expansion.Connectors.Email;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Email;

/// <summary>Takes what came back: a delivery report or complaint as it arrived (message/rfc822), or a list in JSON from who has read it.</summary>
public sealed class ReceiveBounces(IShopStore shops, MailingList list)
{
    private const int MaxBytes = 1 << 20;
    private const int Most = 500;

    [Function(nameof(ReceiveBounces))]
    [Asks("shop")]
    [Takes<IReadOnlyList<BounceNote>>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "email/bounces")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var shop = query.Shop();
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        if (await shops.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(shop.Value);
        }

        var (bounces, mistake) = request.ContentType?.StartsWith("message/rfc822", StringComparison.OrdinalIgnoreCase) == true
            ? await ReadMessageAsync(request, cancellationToken)
            : await request.ReadJsonAsync<IReadOnlyList<BounceNote>>(cancellationToken);
        if (bounces is null || bounces.Count > Most)
        {
            return mistake ?? Problems.BadRequest($"A list may have at most {Most} entries.");
        }

        foreach (var bounce in bounces)
        {
            await list.TakeAsync(shop, new(bounce.Email, bounce.Kind), bounce.Offer, cancellationToken);
        }

        return Results.Accepted(value: new { taken = bounces.Count });
    }

    private static async Task<(IReadOnlyList<BounceNote>? Bounces, IResult? Mistake)> ReadMessageAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await request.ReadBodyAsync(MaxBytes, cancellationToken) is not { } body)
        {
            return (null, Problems.TooLarge($"The message may have at most {MaxBytes} bytes."));
        }

        try
        {
            using var stream = new MemoryStream(body.ToArray());
            return ([.. BounceReport.Read(stream).Select(bounce => new BounceNote(bounce.Email, bounce.Kind))], null);
        }
        catch (FormatException)
        {
            return (null, Problems.BadRequest("The body is no mail message."));
        }
    }
}

/// <param name="Offer">The id in the mail's X-Expansion-Offer header, for a complaint.</param>
internal sealed record BounceNote(string Email, BounceKind Kind, string? Offer = null);
