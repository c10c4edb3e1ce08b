namespace Expansion.Engine.Timing.Rules;

/// <summary>The rules of each shop, every version of them.</summary>
public interface IRuleStore
{
    Task<RuleSet> ReadAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Keeps the rule as the next version of its id.</summary>
    Task<Rule> SaveAsync(ShopId shop, Rule rule, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Rule>> VersionsAsync(ShopId shop, string id, CancellationToken cancellationToken);
}
