using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Timing.Customers;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Functions.Timing;

/// <summary>Packs signals into messages: one customer's together, as many customers to a message as fit, so that they are decided on in few writes.</summary>
public sealed class SignalInbox(IMessageQueue queue)
{
    /// <summary>Below what a queue message takes, with room for its frame.</summary>
    public const int MaxBytes = 40 * 1024;

    private const int MaxCustomers = 50;

    public static int BytesOf(Signal signal) => JsonSerializer.SerializeToUtf8Bytes(signal, ExpansionJson.Options).Length + 1;

    public async Task SendAsync(ShopId shop, IEnumerable<Signal> signals, CancellationToken cancellationToken)
    {
        var (open, customers, bytes) = (new List<Signal>(), new HashSet<CustomerId>(), 0);
        foreach (var signal in signals.GroupBy(signal => signal.Customer).OrderBy(customer => CustomerParts.Of(customer.Key)).SelectMany(customer => customer))
        {
            var size = BytesOf(signal);
            if (open.Count > 0 && (bytes + size > MaxBytes || (customers.Count == MaxCustomers && !customers.Contains(signal.Customer))))
            {
                await queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop, open), cancellationToken);
                (open, customers, bytes) = ([], [], 0);
            }

            open.Add(signal);
            customers.Add(signal.Customer);
            bytes += size;
        }

        if (open.Count > 0)
        {
            await queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop, open), cancellationToken);
        }
    }
}
