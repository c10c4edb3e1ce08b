using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;
using Expansion.Storage;

namespace Expansion.Functions.Timing;

/// <summary>
/// Packs signals into messages: one customer's together, as many customers to a message as fit, so that they are decided on in few writes. Of those that come one by one, what
/// comes while one is being sent goes together.
/// </summary>
public sealed class SignalInbox
{
    /// <summary>Below what a queue message takes, with room for its frame.</summary>
    public const int MaxBytes = 40 * 1024;

    private const int MaxCustomers = 50;

    private readonly IMessageQueue _queue;
    private readonly GroupWrites<ShopId, Signal> _single;

    public SignalInbox(IMessageQueue queue) => (_queue, _single) = (queue, new((shop, signals) => PackAsync(shop, signals, CancellationToken.None)));

    public static int BytesOf(Signal signal) => JsonSerializer.SerializeToUtf8Bytes(signal, ExpansionJson.Options).Length + 1;

    public Task SendAsync(ShopId shop, IEnumerable<Signal> signals, CancellationToken cancellationToken) =>
        signals is IReadOnlyList<Signal> and [var only] ? _single.AddAsync(shop, only, cancellationToken) : PackAsync(shop, signals, cancellationToken);

    private async Task PackAsync(ShopId shop, IEnumerable<Signal> signals, CancellationToken cancellationToken)
    {
        var (open, customers, bytes) = (new List<Signal>(), new HashSet<CustomerId>(), 0);
        foreach (var signal in signals.GroupBy(signal => signal.Customer).OrderBy(customer => CustomerParts.Of(customer.Key)).SelectMany(customer => customer))
        {
            var size = BytesOf(signal);
            if (open.Count > 0 && (bytes + size > MaxBytes || (customers.Count == MaxCustomers && !customers.Contains(signal.Customer))))
            {
                await _queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop, open), cancellationToken);
                (open, customers, bytes) = ([], [], 0);
            }

            open.Add(signal);
            customers.Add(signal.Customer);
            bytes += size;
        }

        if (open.Count > 0)
        {
            await _queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop, open), cancellationToken);
        }
    }
}
