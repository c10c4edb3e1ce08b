using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Outcomes;

/// <summary>Packs outcomes into queue messages, one customer's together where they fit.</summary>
public sealed class OutcomeInbox(IMessageQueue queue)
{
    /// <summary>Below what a queue message takes, with room for its frame.</summary>
    private const int MaxBytes = 40 * 1024;

    public async Task SendAsync(OutcomesRecorded message, CancellationToken cancellationToken)
    {
        var (open, bytes) = (new OutcomesRecorded(message.Shop, []), 0);
        foreach (var outcome in message.Outcomes.OrderBy(outcome => outcome.Customer?.Value, StringComparer.Ordinal))
        {
            await MakeRoomAsync(outcome);
            open = open with { Outcomes = [.. open.Outcomes, outcome] };
        }

        foreach (var exposure in message.Exposures)
        {
            await MakeRoomAsync(exposure);
            open = open with { Exposures = [.. open.Exposures, exposure] };
        }

        foreach (var plan in message.Plans)
        {
            await MakeRoomAsync(plan);
            open = open with { Plans = [.. open.Plans, plan] };
        }

        await SendOpenAsync();

        async Task MakeRoomAsync<T>(T part)
        {
            var size = JsonSerializer.SerializeToUtf8Bytes(part, ExpansionJson.Options).Length + 1;
            if (bytes + size > MaxBytes)
            {
                await SendOpenAsync();
                (open, bytes) = (new(message.Shop, []), 0);
            }

            bytes += size;
        }

        Task SendOpenAsync() => open.IsEmpty ? Task.CompletedTask : queue.SendAsync(OutcomesRecorded.Queue, open, cancellationToken);
    }
}
