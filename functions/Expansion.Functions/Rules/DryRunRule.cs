using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Rules;
using Expansion.Functions.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Rules;

/// <summary>Tries a rule on what was recorded, alone, before it is saved: how often it would have fired, and what would have kept it silent.</summary>
public sealed class DryRunRule(ShopTimings timings, SignalHistory history, TimeProvider time)
{
    private const int DefaultDays = 30;
    private const int MaxDays = 90;

    [Answers<DryRun>]
    [Asks("shop", "days")]
    [Function(nameof(DryRunRule))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "rules/dry-run")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!ShopId.TryFrom(request.Query["shop"], out var id) || await timings.FindAsync(id, cancellationToken) is not { } shop)
        {
            return Problems.UnknownShop(request.Query["shop"]);
        }

        var days = DefaultDays;
        if (request.Query.TryGetValue("days", out var text) && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days is < 1 or > MaxDays))
        {
            return Problems.BadRequest($"days is '{text}'; it must be a whole number from 1 to {MaxDays}.");
        }

        var (rule, problem) = await RuleBody.ReadAsync(request, cancellationToken);
        if (rule is null)
        {
            return problem!;
        }

        var now = time.GetUtcNow();
        var settings = shop.Settings with { TriggersOff = [.. TimingTriggers.All.Select(trigger => trigger.Name)] };
        var decisions = await history.ReplayAsync(shop, settings, RuleSet.Of([rule with { Enabled = true }]), new NoCandidates(), now.AddDays(-days), now, cancellationToken);
        return Results.Ok(DryRun.Of(rule, days, decisions));
    }
}

/// <param name="Fired">Moments: one a customer and month.</param>
/// <param name="Suppressed">Those of them that stayed silent throughout, by what kept them so first.</param>
internal sealed record DryRun(string Sentence, int Days, int Fired, int Offered, int Suppressed, IReadOnlyDictionary<string, int> Why, string InWords)
{
    public static DryRun Of(Rule rule, int days, IReadOnlyList<Decision> decisions)
    {
        var moments = decisions.SelectMany(decision => decision.Occasions, (decision, occasion) => (decision, occasion)).GroupBy(pair => (pair.decision.Customer, pair.occasion)).ToList();
        var silent = moments.Where(moment => moment.All(pair => pair.decision.Offer is null)).Select(moment => moment.First().decision).ToList();
        var why = silent.GroupBy(decision => decision.Suppressions is [var first, ..] ? first.Name : decision.Candidates is [{ Refusal: { } refusal }, ..] ? refusal : "nothing_to_offer").ToDictionary(reason => reason.Key, reason => reason.Count());
        return new(rule.Sentence, days, moments.Count, moments.Count - silent.Count, silent.Count, why, string.Create(
            CultureInfo.InvariantCulture,
            $"Would have fired {moments.Count} times in the last {days} days, {silent.Count} of them without an offer{(why.Count == 0 ? "" : ": ")}{string.Join(", ", why.Select(reason => $"{reason.Value} {reason.Key}"))}."));
    }
}
