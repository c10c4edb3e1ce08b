namespace Expansion.Engine.Samples;

/// <summary>“Brewdesk”, software for cafés in three plans: who has which since when, and what they did with it. To become signals.</summary>
/// <param name="Usage">One row an account and week, from Monday.</param>
/// <param name="Features">One row an account, week and feature that was used.</param>
public sealed record SampleSubscription(
    IReadOnlyList<SamplePlan> Plans,
    IReadOnlyList<SampleAccount> Accounts,
    IReadOnlyList<SampleUpgrade> Upgrades,
    IReadOnlyList<SampleUsage> Usage,
    IReadOnlyList<SampleFeatureUse> Features,
    IReadOnlyList<SampleTicket> Tickets);

/// <param name="WeeklyLimit">Till receipts a week that are included.</param>
/// <param name="Users">Seats included.</param>
/// <param name="Features">All features, those of the smaller plans too.</param>
public sealed record SamplePlan(string Name, Money MonthlyPrice, int WeeklyLimit, int Users, int Locations, IReadOnlyList<string> Features);

/// <param name="Plan">The plan now, or at the end.</param>
public sealed record SampleAccount(CustomerId Id, string Plan, DateTimeOffset StartedAt, DateTimeOffset? CancelledAt);

public sealed record SampleUpgrade(CustomerId Account, DateTimeOffset At, string From, string To);

/// <param name="Used">Receipts; a little above the limit is tolerated.</param>
public sealed record SampleUsage(CustomerId Account, DateTimeOffset Week, string Plan, int Used, int Limit);

public sealed record SampleFeatureUse(CustomerId Account, DateTimeOffset Week, string Feature, int Times);

/// <param name="ResolvedAt">Null while it is open.</param>
/// <param name="Satisfaction">1 to 5; null when nobody said.</param>
public sealed record SampleTicket(CustomerId Account, DateTimeOffset OpenedAt, DateTimeOffset? ResolvedAt, int? Satisfaction);
