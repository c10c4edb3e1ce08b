namespace Expansion.Engine.Timing;

/// <summary>A shop's options of when to speak, and what concerns all its customers.</summary>
public interface IShopTimingStore
{
    /// <summary>The defaults, without a version, while nobody has set any.</summary>
    Task<StoredTimingSettings> SettingsAsync(ShopId shop, CancellationToken cancellationToken);

    /// <returns>False when the settings have changed since they were read.</returns>
    Task<bool> SaveAsync(ShopId shop, StoredTimingSettings settings, CancellationToken cancellationToken);

    Task<ShopFacts> FactsAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Changes the facts; repeats when somebody else was faster.</summary>
    Task ChangeFactsAsync(ShopId shop, Func<ShopFacts, ShopFacts> change, CancellationToken cancellationToken);
}

public sealed record StoredTimingSettings(TimingSettings Settings, string? Version);
