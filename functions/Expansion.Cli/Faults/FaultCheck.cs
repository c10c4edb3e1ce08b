using System.Diagnostics;
using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Operations;
using Expansion.Engine.Orders;
using Expansion.Functions.Affinity;

namespace Expansion.Cli.Faults;

/// <summary>Compares what is there with what was sent.</summary>
internal sealed class FaultCheck(CliApp app, IReadOnlyDictionary<string, string[]> expected, Action<string> tell)
{
    /// <summary>A message that a killed host had taken comes back after ten minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(25);

    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Messages that outlasted their runs, and were sent again as an operator would.</summary>
    public int Replayed { get; private set; }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var (start, told) = (Stopwatch.GetTimestamp(), -1);
        while (true)
        {
            var waiting = 0;
            foreach (var poison in await app.Get<IPoisonQueues>().ListAsync(cancellationToken))
            {
                Replayed += poison.Messages == 0 ? 0 : await app.Get<IPoisonQueues>().ReplayAsync(poison.Queue, poison.Messages, cancellationToken) ?? 0;
            }

            await foreach (var queue in app.Get<QueueServiceClient>().GetQueuesAsync(cancellationToken: cancellationToken))
            {
                waiting += (await app.Get<QueueServiceClient>().GetQueueClient(queue.Name).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
            }

            if (waiting == 0)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                _violations.Add($"{waiting} messages are still in the queues after {Patience.TotalMinutes:0} minutes.");
                return;
            }

            if (told != waiting)
            {
                tell($"{told = waiting} messages wait.");
            }

            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        }
    }

    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, IReadOnlySet<Sku>>();
        foreach (var id in expected.Keys)
        {
            if (await app.Get<IOrderStore>().FindAsync(OrderStream.Shop, new OrderId(id), cancellationToken) is { } known)
            {
                stored[id] = known.Order.Basket;
            }
        }

        _violations.AddRange(expected.Keys.Except(stored.Keys).Select(id => $"Order {id} was taken and is lost."));
        _violations.AddRange(stored
            .Where(order => !order.Value.SetEquals(expected[order.Key].Select(sku => new Sku(sku))))
            .Select(order => $"Order {order.Key} holds {string.Join(' ', order.Value)}, sent was {string.Join(' ', expected[order.Key])}."));

        var generation = await app.Get<ShopRecompute>().RunAsync(OrderStream.Shop, _ => { }, cancellationToken);
        if (generation.Baskets != expected.Count)
        {
            _violations.Add($"{generation.Baskets} baskets were counted, {expected.Count} orders were sent.");
        }

        var rows = await app.Get<IAffinityStore>().FindAsync(OrderStream.Shop, generation.Id, [.. OrderStream.Skus.Select(sku => new Sku(sku))], cancellationToken);
        foreach (var (product, partner) in rows.Values.SelectMany(row => row.Partners.Select(partner => (row, partner))))
        {
            var (a, b, both) = (Count(product.Sku), Count(partner.Sku), Count(product.Sku, partner.Sku));
            if ((product.Baskets, partner.Baskets, partner.Both) != (a, b, both))
            {
                _violations.Add($"{product.Sku} + {partner.Sku}: counted {product.Baskets}, {partner.Baskets} and {partner.Both}, sent were {a}, {b} and {both}.");
            }
        }

        tell($"{stored.Count} orders and {rows.Values.Sum(row => row.Partners.Count)} counts of pairs were compared.");
    }

    private long Count(params Sku[] skus) => expected.Values.Count(order => skus.All(sku => order.Contains(sku.Value)));
}
