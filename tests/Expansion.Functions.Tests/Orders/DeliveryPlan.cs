using System.Globalization;
using System.Text.Json.Nodes;
using Expansion.Testing.Shopify;

namespace Expansion.Functions.Tests.Orders;

/// <summary>One webhook, as often as it is sent.</summary>
internal sealed record PlannedDelivery(string Id, string Topic, DateTimeOffset TriggeredAt, byte[] Body);

/// <summary>What must be stored of one order in the end, worked out from the plan and not from the bodies.</summary>
internal sealed record PlannedOrder(string Id, DateTimeOffset UpdatedAt, bool Cancelled, IReadOnlyList<(string Sku, int Kept)> Lines);

/// <summary>
/// The life of 400 orders in 1,000 deliveries, a third of them repeats, in no order: created; some updated within the same second; some updated and then
/// cancelled; some refunded with no other word of it; some refunded and updated.
/// </summary>
internal sealed class DeliveryPlan
{
    private const int OrderCount = 400;
    private const int DeliveryCount = 1000;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Skus = ["mug", "kettle", "grinder", "größe-42", "測試/☕", "a/b#c?d\\e", "filter 100", "scale"];

    private readonly Random _random = new(20260301);
    private readonly List<PlannedDelivery> _deliveries = [];
    private readonly List<PlannedOrder> _orders = [];

    public DeliveryPlan()
    {
        for (var number = 0; number < OrderCount; number++)
        {
            Plan(5_000_000_000_000 + number, Start.AddHours(3 * number), (Life)(number % 9));
        }

        Unique = _deliveries.Count;
        var repeats = Enumerable.Range(0, DeliveryCount - Unique).Select(_ => _deliveries[_random.Next(Unique)]).ToList();
        Deliveries = [.. _deliveries, .. repeats];
        _random.Shuffle(Deliveries);
    }

    private enum Life
    {
        UpdatedInTheSameSecond,
        UpdatedThenCancelled,
        Refunded,
        RefundedAndUpdated,
    }

    public PlannedDelivery[] Deliveries { get; }

    public int Unique { get; }

    public IReadOnlyList<PlannedOrder> Orders => _orders;

    private void Plan(long id, DateTimeOffset created, Life life)
    {
        var lines = Enumerable.Range(0, 1 + _random.Next(4))
            .Select(i => new Line((id * 10) + i, Skus[(_random.Next(2) + (2 * i)) % Skus.Length], 1 + _random.Next(3))).ToArray();
        Send(id, "orders/create", created, created, created.AddMilliseconds(300), lines, cancelled: false);
        var (updated, cancelled, kept) = (created, false, lines.Select(line => line.Quantity).ToArray());
        switch (life)
        {
            case Life.UpdatedInTheSameSecond:
                kept[0]++;
                lines[0] = lines[0] with { Quantity = kept[0], Current = kept[0] };
                Send(id, "orders/updated", created, created, created.AddMilliseconds(700), lines, cancelled: false);
                break;
            case Life.UpdatedThenCancelled:
                kept[0] += 2;
                lines[0] = lines[0] with { Quantity = kept[0], Current = kept[0] };
                Send(id, "orders/updated", created, created.AddMinutes(5), created.AddMinutes(5), lines, cancelled: false);
                (updated, cancelled) = (created.AddDays(1), true);
                Send(id, "orders/cancelled", created, updated, updated.AddSeconds(3), lines, cancelled: true);
                break;
            case Life.Refunded:
                kept[0] = 0;
                SendRefund(id, created.AddDays(2), lines[0].Id, lines[0].Quantity);
                break;
            case Life.RefundedAndUpdated:
                kept[^1]--;
                updated = created.AddDays(3);
                SendRefund(id, updated, lines[^1].Id, 1);
                lines[^1] = lines[^1] with { Current = kept[^1] };
                Send(id, "orders/updated", created, updated, updated.AddMilliseconds(50), lines, cancelled: false);
                break;
        }

        _orders.Add(new PlannedOrder(Text(id), updated, cancelled, [.. lines.Zip(kept, (line, left) => (line.Sku, left))]));
    }

    private void Send(long id, string topic, DateTimeOffset created, DateTimeOffset updated, DateTimeOffset triggered, Line[] lines, bool cancelled)
    {
        var body = ShopifyBody.Order(id, [.. lines.Select(line => ShopifyBody.Line(line.Id, line.Sku, line.Quantity, line.Current))]);
        body["created_at"] = ShopifyBody.Time(created.ToOffset(TimeSpan.FromHours(-5)));
        body["updated_at"] = ShopifyBody.Time(updated.ToOffset(TimeSpan.FromHours(-5)));
        body["cancelled_at"] = cancelled ? body["updated_at"]!.DeepClone() : null;
        Add(topic, triggered, body);
    }

    private void SendRefund(long id, DateTimeOffset at, long line, int quantity) => Add("refunds/create", at, ShopifyBody.Refund(id * 100, id, (line, quantity)));

    private void Add(string topic, DateTimeOffset triggered, JsonObject body) =>
        _deliveries.Add(new PlannedDelivery($"delivery-{_deliveries.Count}", topic, triggered, body.Bytes()));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Line(long Id, string Sku, int Quantity)
    {
        public int Current { get; init; } = Quantity;
    }
}
