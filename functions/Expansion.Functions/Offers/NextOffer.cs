using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>One offer, or silence with its reason.</summary>
public sealed class NextOffer(ShopTimings timings, NextOffers offers)
{
    [Function(nameof(NextOffer))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "offers/next")] HttpRequest request, CancellationToken cancellationToken)
    {
        OfferQuestion? question;
        try
        {
            question = await JsonSerializer.DeserializeAsync<OfferQuestion>(request.Body, ExpansionJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Problems.BadRequest($"The body must be like {{\"shop\":\"coffee.example\",\"customer\":\"42\",\"touchpoint\":\"cart_page\"}}: {exception.Message}");
        }

        if (question?.Mistake() is { } mistake)
        {
            return Problems.BadRequest(mistake);
        }

        if (question is null || question.Shop.Value is null || await timings.FindAsync(question.Shop, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(question?.Shop.Value);
        }

        var decision = await offers.DecideAsync(shop, question, cancellationToken);
        return Results.Ok(new OfferAnswer(decision.Id, decision.Customer, decision.Touchpoint, decision.Offer, decision.Reason, decision.AgainAt));
    }
}

/// <param name="Id">What signals about the offer, and questions why, refer to.</param>
/// <param name="Offer">Missing when it is better to stay silent.</param>
internal sealed record OfferAnswer(string Id, CustomerId Customer, Engine.Recommendations.Touchpoint Touchpoint, ChosenOffer? Offer, string Reason, DateTimeOffset? AgainAt);
