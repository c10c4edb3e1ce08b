using System.Security.Cryptography;
using System.Text;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Crm;
using Expansion.Engine.Shops;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Crm;

/// <summary>Proposes products to show with another in the ERP: those of the body, or those that people have approved. Nothing is written before somebody applies it.</summary>
public sealed class ProposeSlots(IShopStore shops, IPairDecisionStore decisions, ISlotChangeStore changes, TimeProvider time)
{
    [Function(nameof(ProposeSlots))]
    [Asks("shop")]
    [Takes<SlotProposal>]
    [Answers<SlotChange>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "crm/product-slots")] HttpRequest request, CancellationToken cancellationToken)
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

        var (body, mistake) = await request.ReadJsonAsync<SlotProposal>(cancellationToken);
        if (body is null)
        {
            return mistake!;
        }

        var partners = body.Partners ?? await ApprovedAsync(shop, body.Product, cancellationToken);
        if (body.Product.Value is not { Length: > 0 and <= Sku.MaxLength } || partners.Count is 0 or > SlotChange.MaxPartners || partners.Contains(body.Product))
        {
            return Problems.BadRequest($"Give a product and 1 to {SlotChange.MaxPartners} partners other than it, or approve pairs of it first: {partners.Count} were found.");
        }

        var key = string.Join('\n', [body.Slot.ToString(), body.Product.Value, .. partners.Select(partner => partner.Value).Order(StringComparer.Ordinal)]);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 12));
        var change = new SlotChange(id, body.Slot, body.Product, partners, time.GetUtcNow());
        // The same proposal is one, whatever became of it; a reverted one can be applied again.
        return await changes.SaveAsync(shop, new(change, null), cancellationToken) || await changes.FindAsync(shop, id, cancellationToken) is not { } known
            ? Results.Ok(change)
            : Results.Ok(known.Change);
    }

    private async Task<IReadOnlyList<Sku>> ApprovedAsync(ShopId shop, Sku product, CancellationToken cancellationToken) => await decisions.ListAsync(shop, cancellationToken)
        .Where(decision => decision.Verdict != PairVerdict.Rejected && (decision.A == product || decision.B == product))
        .Select(decision => decision.A == product ? decision.B : decision.A)
        .Take(SlotChange.MaxPartners)
        .ToListAsync(cancellationToken);
}

/// <param name="Partners">Missing: the approved and pinned pairs of the product.</param>
internal sealed record SlotProposal(ProductSlot Slot, Sku Product, IReadOnlyList<Sku>? Partners = null);
