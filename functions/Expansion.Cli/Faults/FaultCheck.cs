using Azure.Storage.Queues;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Operations;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Timing;
using Expansion.Functions.Affinity;
using Expansion.Functions.Metrics;

namespace Expansion.Cli.Faults;

/// <summary>Compares what is there with what was sent.</summary>
internal sealed class FaultCheck(CliApp app, OrderStream orders, SignalStream signals, Action<string> tell)
{
    /// <summary>25 minutes' worth: a message that a killed host had taken comes back after ten. Counted, and not timed, as a host's start is.</summary>
    private const int MostLooks = 300;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyDictionary<string, string[]> _expected = new Dictionary<string, string[]>();
    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Messages that outlasted their runs, and were sent again as an operator would.</summary>
    public int Replayed { get; private set; }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var told = -1;
        for (var looks = 0; ; looks++)
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

            if (looks == MostLooks)
            {
                _violations.Add($"{waiting} messages are still in the queues after {LookEvery.TotalMinutes * MostLooks:0} minutes.");
                return;
            }

            if (told != waiting)
            {
                tell($"{told = waiting} messages wait.");
            }

            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    /// <summary>A recompute, so that there is something to ask for.</summary>
    public async Task LearnAsync(CancellationToken cancellationToken) => await app.Get<ShopRecompute>().RunAsync(OrderStream.Shop, _ => { }, cancellationToken);

    public async Task CompareAsync(CancellationToken cancellationToken)
    {
        _expected = orders.Expected;
        await CompareOrdersAsync(cancellationToken);
        await CompareSignalsAsync(cancellationToken);
    }

    private async Task CompareOrdersAsync(CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, IReadOnlySet<Sku>>();
        foreach (var month in Enumerable.Range(0, OrderStream.Months).Select(ago => YearMonth.Of(DateTimeOffset.UtcNow.AddMonths(-ago))))
        {
            await foreach (var order in app.Get<IOrderStore>().ReadAsync(OrderStream.Shop, month, cancellationToken))
            {
                if (!stored.TryAdd(order.Id.Value, order.Basket))
                {
                    _violations.Add($"Order {order.Id} stands in two months.");
                }
            }
        }

        _violations.AddRange(_expected.Keys.Except(stored.Keys).Select(id => $"Order {id} was taken and is lost."));
        _violations.AddRange(stored
            .Where(order => !order.Value.SetEquals(_expected[order.Key].Select(sku => new Sku(sku))))
            .Select(order => $"Order {order.Key} holds {string.Join(' ', order.Value)}, sent was {string.Join(' ', _expected[order.Key])}."));

        var generation = await app.Get<ShopRecompute>().RunAsync(OrderStream.Shop, _ => { }, cancellationToken);
        if (generation.Baskets != _expected.Count)
        {
            _violations.Add($"{generation.Baskets} baskets were counted, {_expected.Count} orders were sent.");
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

        var pairs = rows.Values.Sum(row => row.Partners.Count);
        if (pairs == 0)
        {
            _violations.Add("No pair was learned, so that no count could be compared.");
        }

        tell($"{stored.Count} orders and {pairs} counts of pairs were compared.");
    }

    private async Task CompareSignalsAsync(CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var logged = await app.Get<ISignalLog>().ReadAsync(OrderStream.Shop, now.AddDays(-2), now, cancellationToken).Select(signal => signal.Id).ToHashSetAsync(cancellationToken: cancellationToken);
        _violations.AddRange(signals.Ids.Except(logged).Select(id => $"Signal {id} was taken and is not in the log."));

        foreach (var customer in await app.Get<ICustomerStore>().FindAsync(OrderStream.Shop, [.. signals.Used.Keys], cancellationToken))
        {
            var state = customer.Record.State;
            var (used, sent) = (state.Usage.Metrics.GetValueOrDefault(SignalStream.Metric)?.Days.Days.Values.Sum() ?? 0, signals.Used[state.Customer]);
            if (used != sent)
            {
                _violations.Add($"{state.Customer} used {used}, sent were {sent}.");
            }
        }

        await app.Get<MetricRollUp>().RollUpDaysAsync(OrderStream.Shop, cancellationToken);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var counted = await app.Get<MetricReader>().SumsAsync(OrderStream.Shop, Slice.All, new(today.AddDays(-2), today.AddDays(1)), cancellationToken);
        if (counted.Offers.Shown != signals.Shown)
        {
            _violations.Add($"{counted.Offers.Shown} showings were counted, {signals.Shown} were sent.");
        }

        tell($"{signals.Ids.Count} signals of {signals.Used.Count} customers and {signals.Shown} showings were compared.");
    }

    private long Count(params Sku[] skus) => _expected.Values.Count(order => skus.All(sku => order.Contains(sku.Value)));
}
