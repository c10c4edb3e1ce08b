namespace Expansion.Engine.Affinity;

/// <summary>A person's word on a pair, which wins over every measure and survives every recompute.</summary>
public enum PairVerdict
{
    /// <summary>Recommend it, whatever the numbers say.</summary>
    Approved,

    /// <summary>Never recommend it.</summary>
    Rejected,

    /// <summary>Recommend it before all others.</summary>
    Pinned,
}

/// <summary>What somebody decided about a pair, with <see cref="A"/> before <see cref="B"/>. The pair need not ever have been bought.</summary>
public sealed record PairDecision(Sku A, Sku B, PairVerdict Verdict, string? Note, string Author, DateTimeOffset DecidedAt)
{
    public const int MaxNoteLength = 1000;
    public const int MaxAuthorLength = 200;

    /// <summary>The two as a pair names them, whichever was given first.</summary>
    public static (Sku A, Sku B) InOrder(Sku one, Sku other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);
}

/// <summary>The decisions on a shop's pairs.</summary>
public interface IPairDecisionStore
{
    Task SaveAsync(ShopId shop, PairDecision decision, CancellationToken cancellationToken);

    /// <summary>Takes a decision back. Can be repeated.</summary>
    Task DeleteAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken);

    Task<PairDecision?> FindAsync(ShopId shop, Sku a, Sku b, CancellationToken cancellationToken);

    /// <summary>Changes after every change of the shop's decisions: what was listed before it was read may be out of date, what is listed after is not.</summary>
    Task<string> VersionAsync(ShopId shop, CancellationToken cancellationToken);

    IAsyncEnumerable<PairDecision> ListAsync(ShopId shop, CancellationToken cancellationToken);
}
