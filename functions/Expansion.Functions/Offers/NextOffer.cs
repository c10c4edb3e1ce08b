using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Recommendations;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Offers;

/// <summary>One offer, or silence with its reason.</summary>
public sealed class NextOffer(ShopTimings timings, NextOffers offers)
{
    [Answers<OfferAnswer>]
    [Takes<OfferQuestion>]
    [Function(nameof(NextOffer))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "offers/next")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (question, problem) = await request.ReadJsonAsync<OfferQuestion>(cancellationToken);
        if (question is null)
        {
            return problem!;
        }

        if (question.Mistake() is { } mistake)
        {
            return Problems.BadRequest(mistake);
        }

        if (await timings.FindAsync(question.Shop, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(question.Shop.Value);
        }

        var decision = await offers.DecideAsync(shop, question, cancellationToken);
        return Results.Ok(new OfferAnswer(decision.Id, decision.Customer, decision.Touchpoint, decision.Offer, decision.Presentation, decision.Sources.Arm, decision.Reason));
    }
}

/// <param name="Id">What signals about the offer, and questions why, refer to.</param>
/// <param name="Offer">Missing when it is better to stay silent.</param>
/// <param name="Presentation">Its words; missing where the price isn't known, or they may not be said.</param>
/// <param name="Arm">The experiment's arm: what its settings say of placement is the touchpoint's to do.</param>
internal sealed record OfferAnswer(string Id, CustomerId Customer, Touchpoint Touchpoint, ChosenOffer? Offer, OfferPresentation? Presentation, ExperimentArm? Arm, string Reason);
