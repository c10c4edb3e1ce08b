using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>Proposes nothing: what is offered is what rules name, and plans.</summary>
public sealed class NoCandidates : IOfferCandidates
{
    public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) => Task.FromResult(ProposedCandidates.None);
}
