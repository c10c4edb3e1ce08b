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

    public IReadOnlyDictionary<CustomerId, double> Used => _used;

    public IReadOnlySet<string> Ids => _ids;

    public long Shown { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var use = new UsageRecorded(Metric, _random.Next(1, 10))
            {
                Id = $"use-{_ids.Count + 1}",
                Customer = new(string.Create(CultureInfo.InvariantCulture, $"account-{_random.Next(Customers)}")),
                At = DateTimeOffset.UtcNow,
            };
            await TellAsync($"api/events?shop={OrderStream.Shop}", JsonSerializer.SerializeToUtf8Bytes<Signal>(use, ExpansionJson.Options));
            _ids.Add(use.Id);
            _used[use.Customer] = _used.GetValueOrDefault(use.Customer) + use.Amount;

            var showing = new Outcome($"showing-{Shown + 1}", OutcomeKind.Impression, use.At, use.Customer) { Products = [new(OrderStream.Skus[0])] };
            await TellAsync($"api/shops/{OrderStream.Shop}/outcomes", JsonSerializer.SerializeToUtf8Bytes<Outcome[]>([showing], ExpansionJson.Options));
            Shown++;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>One in five is told again, which must change nothing.</summary>
    private async Task TellAsync(string path, byte[] body)
    {
        for (var times = _random.Next(5) == 0 ? 2 : 1; times > 0; times--)
        {
            await deliveries.PostAsync(path, body, Json);
        }
    }
}
