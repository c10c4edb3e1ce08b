namespace Expansion.Engine.Crm;

/// <summary>Where an ERP shows other products with one.</summary>
public enum ProductSlot
{
    /// <summary>Suggested when the product is put on a quotation.</summary>
    Optional,

    /// <summary>Suggested before payment in the web shop.</summary>
    Accessory,

    /// <summary>Suggested on the product's page.</summary>
    Alternative,
}

public enum SlotChangeState
{
    /// <summary>Waits for a person.</summary>
    Proposed,
    Applied,
    Reverted,
}

/// <summary>Products to show with one, and what has been written of it.</summary>
/// <param name="Partners">1 to 20 SKUs.</param>
public sealed record SlotChange(string Id, ProductSlot Slot, Sku Product, IReadOnlyList<Sku> Partners, DateTimeOffset ProposedAt)
{
    public const int MaxPartners = 20;

    public SlotChangeState State { get; init; }

    /// <summary>Who let it be written.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>The other system's ids that this change added: what is taken away again, and nothing else.</summary>
    public IReadOnlyList<long> Added { get; init; } = [];
}

public interface ISlotChangeStore
{
    Task<StoredSlotChange?> FindAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <returns>False when it has changed, or come, since it was read.</returns>
    Task<bool> SaveAsync(ShopId shop, StoredSlotChange change, CancellationToken cancellationToken);

    IAsyncEnumerable<SlotChange> ListAsync(ShopId shop, CancellationToken cancellationToken);
}

/// <param name="Version">An ETag; null for one that isn't stored yet.</param>
public sealed record StoredSlotChange(SlotChange Change, string? Version);
