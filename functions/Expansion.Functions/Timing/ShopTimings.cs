using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Offers.Pricing.Plans;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Rules;

namespace Expansion.Functions.Timing;

/// <summary>What a shop has decided about when to speak, and what concerns all its customers, as it stood at most a few seconds ago.</summary>
public sealed class ShopTimings(IShopStore shops, IShopTimingStore timings, IRuleStore rules, IPricingDocuments pricing, TimeProvider time)
{
    /// <summary>So long a change takes to count, and so seldom a busy shop's rows are read.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ShopId, ShopTiming> _known = new();

    /// <summary>Null for a shop that was never added.</summary>
    public async Task<ShopTiming?> FindAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(shop, out var known) && now - known.ReadAt < Fresh)
        {
            return known;
        }

        if (await shops.FindAsync(shop, cancellationToken) is not { } found)
        {
            return null;
        }

        var (settings, facts, ours) = (timings.SettingsAsync(shop, cancellationToken), timings.FactsAsync(shop, cancellationToken), rules.ReadAsync(shop, cancellationToken));
        var (plans, prices, templates) = (DocumentAsync<PlanLadder>(PlanLadder.Document), DocumentAsync<PricingSettings>(PricingSettings.Document), DocumentAsync<TemplateSet>(TemplateSet.Document));
        var alternatives = DocumentAsync<AlternativeList>(AlternativeList.Document);
        return _known[shop] = new(shop, (await settings).Settings, await facts, await ours, TimeZoneInfo.FindSystemTimeZoneById(found.Settings.TimeZone), now)
        {
            Currency = found.Settings.Currency,
            Plans = await plans ?? new([]),
            Alternatives = (await alternatives)?.Alternatives ?? [],
            Presenter = new(new((await templates)?.Templates ?? []), await prices ?? new()),
        };

        async Task<T?> DocumentAsync<T>(string name)
            where T : class => (await pricing.FindAsync<T>(shop, name, cancellationToken))?.Value;
    }

    /// <summary>Has the next look read the shop's rows again.</summary>
    public void Forget(ShopId shop) => _known.TryRemove(shop, out _);
}

/// <summary>One shop's side of every decision.</summary>
public sealed record ShopTiming(ShopId Shop, TimingSettings Settings, ShopFacts Facts, RuleSet Rules, TimeZoneInfo Zone, DateTimeOffset ReadAt)
{
    public string Currency { get; init; } = "";

    public PlanLadder Plans { get; init; } = new([]);

    public IReadOnlyList<Alternative> Alternatives { get; init; } = [];

    public OfferPresenter Presenter { get; init; } = new(new([]), new());

    /// <param name="arm">The experiment's arm the customer is in at the touchpoint.</param>
    public TimingContext Context(CustomerState customer, DateTimeOffset now, Touchpoint touchpoint, ExperimentArm? arm) =>
        new(customer, Facts, Settings.With(arm), now, Zone) { Touchpoint = touchpoint, Plans = Plans, Alternatives = Alternatives, Arm = arm };
}
