using System.Globalization;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Cli.Faults;

/// <summary>A product's signals and a page's showings, some told twice. Remembers what was taken: sums of use by customer, ids, showings.</summary>
internal sealed class SignalStream(Deliveries deliveries, int seed)
{
    public const string Metric = "calls";
    private const int Customers = 40;

    /// <summary>Keeps a customer far below what one may send in an hour.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Dictionary<string, string> Json = new() { ["Content-Type"] = "application/json" };

    private readonly Random _random = new(seed);
    private readonly Dictionary<CustomerId, double> _used = [];
    private readonly HashSet<string> _ids = [];
    private int _last;

    public IReadOnlyDictionary<CustomerId, double> Used => _used;

    public IReadOnlySet<string> Ids => _ids;

    public long Shown => _ids.Count;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await SendAsync();
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>A signal and the showing that goes with it. One in five is told again, which must change nothing.</summary>
    public async Task SendAsync()
    {
        var (use, showing, times) = Next();
        for (; times > 0; times--)
        {
            await deliveries.PostAsync($"api/events?shop={OrderStream.Shop}", JsonSerializer.SerializeToUtf8Bytes<Signal>(use, ExpansionJson.Options), Json);
            await deliveries.PostAsync($"api/shops/{OrderStream.Shop}/outcomes", JsonSerializer.SerializeToUtf8Bytes<Outcome[]>([showing], ExpansionJson.Options), Json);
        }

        lock (_ids)
        {
            _ids.Add(use.Id);
            _used[use.Customer] = _used.GetValueOrDefault(use.Customer) + use.Amount;
        }
    }

    private (UsageRecorded Use, Outcome Showing, int Times) Next()
    {
        lock (_ids)
        {
            var use = new UsageRecorded(Metric, _random.Next(1, 10))
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"use-{++_last}"),
                Customer = new(string.Create(CultureInfo.InvariantCulture, $"account-{_random.Next(Customers)}")),
                At = DateTimeOffset.UtcNow,
            };
            return (use, new($"showing-{_last}", OutcomeKind.Impression, use.At, use.Customer) { Products = [new(OrderStream.Skus[0])] }, _random.Next(5) == 0 ? 2 : 1);
        }
    }
}
