using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Offers.Pricing.Anchors;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Functions.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Timing;

/// <summary>Every ten minutes: what annoys is used less, and people are told; what works after a rejection, and which anchors convert, is remembered. By this month's answers and last month's.</summary>
public sealed partial class ReviewAnswers(IShopStore shops, IShopTimingStore timings, IAnswerCounts answers, EventAnnouncer announcer, TimeProvider time, ILogger<ReviewAnswers> logger)
{
    [Function(nameof(ReviewAnswers))]
    public async Task Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var month = YearMonth.Of(time.GetUtcNow());
        await foreach (var shop in shops.ListAsync(cancellationToken))
        {
            var counts = (await answers.ReadAsync(shop.Id, month, cancellationToken)).Concat(await answers.ReadAsync(shop.Id, month.AddMonths(-1), cancellationToken))
                .GroupBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Aggregate(AnswerCounts.None, (sum, one) => sum + one.Value));
            if (counts.Count > 0)
            {
                await ReviewAsync(shop.Id, counts, cancellationToken);
            }
        }
    }

    private async Task ReviewAsync(ShopId shop, Dictionary<string, AnswerCounts> counts, CancellationToken cancellationToken)
    {
        var options = (await timings.SettingsAsync(shop, cancellationToken)).Settings.Throttle;
        var throttles = counts.Select(entry => Throttle.Of(entry.Key, entry.Value, options)).OfType<Throttle>().ToDictionary(throttle => throttle.Key);
        var before = (await timings.FactsAsync(shop, cancellationToken)).Throttles;
        await timings.ChangeFactsAsync(
            shop,
            facts => facts with
            {
                Throttles = facts.Throttles.Clear().AddRange(throttles),
                Angles = [.. counts.Select(entry => AngleRecord.Of(entry.Key, entry.Value)).OfType<AngleRecord>()],
                Anchors = [.. counts.Select(entry => AnchorRecord.Of(entry.Key, entry.Value)).OfType<AnchorRecord>()],
            },
            cancellationToken);
        foreach (var throttle in throttles.Values.Where(throttle => before.GetValueOrDefault(throttle.Key)?.Share != throttle.Share))
        {
            LogThrottle(shop, throttle.Key, throttle.Share, throttle.Reason);
            var now = time.GetUtcNow();
            await announcer.AnnounceAsync(shop, EventTypes.OfferThrottled, FormattableString.Invariant($"{throttle.Key} {throttle.Share} {now:yyyy-MM-dd}"), now, throttle, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Shop} uses {Key} for {Share:P0} of its customers: {Reason}")]
    private partial void LogThrottle(ShopId shop, string key, double share, string reason);
}
