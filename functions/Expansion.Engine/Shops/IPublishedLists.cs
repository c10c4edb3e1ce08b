namespace Expansion.Engine.Shops;

/// <summary>What was written into a shop's own lists, so that it can be told from what people wrote there, and taken back.</summary>
public interface IPublishedLists
{
    /// <summary>By product, as it was written.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(ShopId shop, CancellationToken cancellationToken);

    Task SaveAsync(ShopId shop, IReadOnlyDictionary<string, string> lists, CancellationToken cancellationToken);

    Task RemoveAsync(ShopId shop, IReadOnlyCollection<string> products, CancellationToken cancellationToken);
}

/// <summary>A shop's lists of complementary products are to be brought up to date with its approved pairs, or taken back.</summary>
/// <param name="Tries">How often the shop could not be reached.</param>
public sealed record ComplementaryDue(ShopId Shop, bool Withdraw = false, int Tries = 0)
{
    public const string Queue = "complementary-due";
}
