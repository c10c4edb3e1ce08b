using Expansion.Engine.Timing;

namespace Expansion.Engine.Offers;

/// <summary>Proposes what could be offered besides plans: what goes with what a customer has or has in the cart.</summary>
public interface IOfferCandidates
{
    Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken);
}

/// <param name="Model">The version of what they come from; null before there is one.</param>
public sealed record ProposedCandidates(IReadOnlyList<Candidate> Candidates, string? Model)
{
    public static ProposedCandidates None { get; } = new([], null);
}
