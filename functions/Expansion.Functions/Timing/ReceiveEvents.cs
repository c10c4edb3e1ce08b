using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Timing;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>
/// Takes one signal or a list of them: check, count, hand over, answer. A list with a mistake is refused whole, with the path of every mistake; customers who sent too much
/// this hour are refused by name, and the others' signals taken. All waits for the queue but an opt-out, which is never refused and holds from the answer on.
/// </summary>
public sealed class ReceiveEvents(ShopTimings timings, ISignalRates rates, Erasures erasures, SignalInbox inbox, OptOuts optOuts, TimeProvider time)
{
    public const int MaxSignals = 500;

    /// <summary>How far ahead of ours another clock may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    [Answers<ReceivedEvents>(202)]
    [Asks("shop")]
    [Takes<JsonDocument>]
    [Function(nameof(ReceiveEvents))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "post", Route = "events")] HttpRequest request, CancellationToken cancellationToken)
    {
        string? named = request.Query["shop"];
        if (!ShopId.TryFrom(named, out var shop) || await timings.FindAsync(shop, cancellationToken) is null)
        {
            return Problems.UnknownShop(named);
        }

        var (json, problem) = await request.ReadJsonAsync<JsonDocument>(cancellationToken);
        using (json)
        {
            var errors = new Dictionary<string, string[]>();
            var signals = json is null ? [] : Read(json.RootElement, errors);
            return problem ?? (errors.Count > 0 ? Problems.Invalid(errors, "Invalid events") : await AcceptAsync(shop, signals, cancellationToken));
        }
    }

    private List<Signal> Read(JsonElement json, Dictionary<string, string[]> errors)
    {
        var signals = new List<Signal>();
        var list = json.ValueKind == JsonValueKind.Array;
        if (list && json.GetArrayLength() > MaxSignals)
        {
            errors["$"] = [$"may have at most {MaxSignals} events"];
            return signals;
        }

        var index = 0;
        foreach (var item in list ? json.EnumerateArray().ToArray() : [json])
        {
            var root = list ? $"$[{index++}]" : "$";
            var (signal, mistakes) = SignalSchema.Read(item);
            foreach (var mistake in mistakes)
            {
                errors[root + mistake.Path[1..]] = [mistake.Reason];
            }

            if (signal is null)
            {
                continue;
            }

            if (signal.At > time.GetUtcNow() + Ahead)
            {
                errors[$"{root}.at"] = [$"is more than {Ahead.TotalMinutes} minutes in the future"];
            }

            if (SignalInbox.BytesOf(signal) > SignalInbox.MaxBytes)
            {
                errors[root] = [$"has more than {SignalInbox.MaxBytes} bytes"];
            }

            signals.Add(signal);
        }

        return signals;
    }

    private async Task<IResult> AcceptAsync(ShopId shop, List<Signal> told, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var signals = (await erasures.OfAsync(shop, cancellationToken)).Strip(told);
        await optOuts.TakeAsync(shop, signals.OfType<OfferOptedOut>(), cancellationToken);
        var senders = signals.GroupBy(signal => signal.Customer).ToList();
        var taken = await Task.WhenAll(senders.Select(sender => rates.TryTakeAsync(shop, sender.Key, sender.Count(), now, cancellationToken)));
        var refused = senders.Where((_, index) => !taken[index]).Select(sender => sender.Key).ToHashSet();
        var accepted = signals.Where(signal => !refused.Contains(signal.Customer)).ToList();
        await inbox.SendAsync(shop, accepted, cancellationToken);
        return refused.Count > 0 && accepted.Count == 0
            ? Problems.TooMany($"A customer may send {ISignalRates.MostAnHour} events an hour; {refused.First()} would be over that. Send them in the next hour.")
            : Results.Accepted(value: new ReceivedEvents(accepted.Count, [.. refused]));
    }
}

/// <param name="Accepted">How many events were taken.</param>
/// <param name="RefusedCustomers">Who has sent too much this hour; their events of this request were not taken.</param>
internal sealed record ReceivedEvents(int Accepted, IReadOnlyList<CustomerId> RefusedCustomers);
