using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Recommendations;

/// <summary>Reads what a shop is served from, and later what has changed of it: some point reads say what, and only that is read again.</summary>
public sealed class ServedShopReader(
    IShopStore shops, IAffinityStore affinities, IModelStore models, IPairDecisionStore decisions, IPricingDocuments documents, ICatalogueStore catalogue,
    IMessageQueue queue, IOptions<ServingOptions> options, TimeProvider time)
{
    /// <summary>By how much the clocks of two instances may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(15);

    /// <returns>Null when there is no such shop.</returns>
    public async Task<ServedShop?> ReadAsync(ShopId id, CancellationToken cancellationToken)
    {
        if (await shops.FindAsync(id, cancellationToken) is not { } shop)
        {
            return null;
        }

        var noticed = time.GetUtcNow() - ClockSkew;
        var entries = catalogue.ListAsync(id, cancellationToken).ToListAsync(cancellationToken);
        var state = await RefreshAsync(new(shop, null, null, null) { Answers = NewAnswers(), VerdictsVersion = "unread" }, cancellationToken);
        return state is null ? null : new(new(await entries), state, noticed, options.Value.AnswerBytes / 4 * 3);
    }

    /// <returns>False when the shop is gone.</returns>
    public async Task<bool> RefreshAsync(ShopId id, ServedShop shop, CancellationToken cancellationToken)
    {
        await shop.Refresh.WaitAsync(cancellationToken);
        try
        {
            await TakeNoticesAsync(id, shop, cancellationToken);
            var state = await RefreshAsync(shop.State, cancellationToken);
            shop.State = state ?? shop.State;
            return state is not null;
        }
        finally
        {
            shop.Refresh.Release();
        }
    }

    private async Task<ServedState?> RefreshAsync(ServedState state, CancellationToken cancellationToken)
    {
        var id = state.Shop.Id;
        var (shopRead, affinityRead, modelRead, verdictsRead, rulesRead, plansRead) = (
            shops.FindAsync(id, cancellationToken), affinities.CurrentAsync(id, cancellationToken), models.CurrentAsync(id, cancellationToken), decisions.VersionAsync(id, cancellationToken),
            documents.FindAsync<RecommendationRules>(id, RecommendationRules.Document, cancellationToken), documents.FindAsync<PlanLadder>(id, PlanLadder.Document, cancellationToken));
        await Task.WhenAll(shopRead, affinityRead, modelRead, verdictsRead, rulesRead, plansRead);
        if (await shopRead is not { } shop)
        {
            return null;
        }

        // The same as before stays the same object: what was answered from it counts on.
        if (shop.Version != state.Shop.Version || (await affinityRead)?.Id != state.Affinity?.Id)
        {
            state = state with { Shop = shop, Affinity = await affinityRead };
        }

        if (await verdictsRead is var verdicts && verdicts != state.VerdictsVersion)
        {
            state = state with { Verdicts = new(await decisions.ListAsync(id, cancellationToken).ToListAsync(cancellationToken)), VerdictsVersion = verdicts };
        }

        var rules = $"{(await rulesRead)?.Version} {(await plansRead)?.Version}";
        if (rules != state.RulesVersion)
        {
            state = state with { Rules = Rules((await rulesRead)?.Value ?? new(), (await plansRead)?.Value), RulesVersion = rules };
        }

        return await modelRead is { } generation && generation.Id != state.Generation?.Id && generation.Id != state.Unreadable ? await WithModelAsync(state, generation, cancellationToken) : state;
    }

    /// <summary>Plans replace each other as products of a ladder do.</summary>
    private static RecommendationRules Rules(RecommendationRules rules, PlanLadder? plans) => plans?.Shown() is { Count: > 1 } shown
        ? rules with { Ladders = [.. rules.Ladders, [.. shown.Select(plan => new Sku(plan.Id))]] }
        : rules;

    private async Task<ServedState> WithModelAsync(ServedState state, ModelGeneration generation, CancellationToken cancellationToken)
    {
        var model = await models.ReadAsync(state.Shop.Id, generation.Id, ModelGeneration.Model, cancellationToken);
        var index = await models.ReadAsync(state.Shop.Id, generation.Id, ModelGeneration.PurchaseIndex, cancellationToken);
        try
        {
            return state with
            {
                Generation = generation,
                Model = RecommendationModel.Load(new MemoryStream(model)),
                ModelBytes = model.LongLength + index.LongLength,
                Purchases = PurchaseIndex.Load(index),
                Answers = NewAnswers(),
            };
        }
        catch (FormatException)
        {
            // Another version of the app wrote it. Who serves the one before goes on with it, so that two versions side by side don't train against each other.
            if (state.Model is null)
            {
                await queue.SendAsync(ModelDue.Queue, new ModelDue(state.Shop.Id), cancellationToken);
            }

            return state with { Unreadable = generation.Id };
        }
    }

    private async Task TakeNoticesAsync(ShopId id, ServedShop shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var notices = await catalogue.ChangesAsync(id, shop.NoticedUpTo, cancellationToken);
        var changed = notices.Where(notice => !shop.Noticed.Contains(notice.Id)).SelectMany(notice => notice.Skus).ToHashSet();
        foreach (var entry in changed.Count == 0 ? [] : await catalogue.FindAsync(id, changed, cancellationToken))
        {
            shop.Catalogue.Take(entry);
        }

        (shop.NoticedUpTo, shop.Noticed) = (now - ClockSkew, [.. notices.Select(notice => notice.Id)]);
    }

    /// <summary>They are needed only where something has changed and the answers as they went out count no more.</summary>
    private AnswerCache<RankedAnswer> NewAnswers() => new(options.Value.AnswerBytes / 4, answer => answer.Bytes);
}
