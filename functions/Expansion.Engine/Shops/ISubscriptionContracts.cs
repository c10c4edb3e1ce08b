namespace Expansion.Engine.Shops;

/// <summary>Whose each subscription contract is: what happens to one later names no customer.</summary>
public interface ISubscriptionContracts
{
    Task SaveAsync(ShopId shop, string contract, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Null for one that was never told.</summary>
    Task<CustomerId?> FindAsync(ShopId shop, string contract, CancellationToken cancellationToken);
}
