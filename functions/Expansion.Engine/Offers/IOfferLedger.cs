namespace Expansion.Engine.Offers;

/// <summary>Every decision, as it was made: why somebody got an offer, or didn't.</summary>
public interface IOfferLedger
{
    /// <summary>Adds what isn't there. Can be repeated.</summary>
    Task AddAsync(ShopId shop, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken);

    Task<Decision?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>One customer's, newest first.</summary>
    IAsyncEnumerable<Decision> ListAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>The UTC days that have decisions, from <paramref name="until"/> back.</summary>
    IAsyncEnumerable<DateOnly> DaysAsync(ShopId shop, DateOnly until, CancellationToken cancellationToken);

    /// <summary>Everybody's of one UTC day, newest first.</summary>
    /// <param name="after">Only what comes after this id; null for all.</param>
    IAsyncEnumerable<LedgerLine> LinesAsync(ShopId shop, DateOnly day, string? after, CancellationToken cancellationToken);

    /// <summary>How many silences of one UTC day had each reason. Reads the whole day.</summary>
    Task<IReadOnlyDictionary<string, int>> SilencesAsync(ShopId shop, DateOnly day, CancellationToken cancellationToken);
}
