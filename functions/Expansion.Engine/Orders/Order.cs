using System.Text.Json.Serialization;

namespace Expansion.Engine.Orders;

/// <summary>
/// One order as last heard of. <see cref="UpdatedAt"/> orders its versions: an older one never replaces a newer one.
/// A source that knows no versions (a CSV file) gives the time of the order.
/// </summary>
public sealed record Order(
    OrderId Id,
    CustomerId? CustomerId,
    DateTimeOffset OrderedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<OrderLine> Lines)
{
    /// <summary>Cancelled and test orders stay known, so that an older version can't bring them back, but count for nothing.</summary>
    public bool Cancelled { get; init; }

    [JsonIgnore]
    public YearMonth Month => YearMonth.Of(OrderedAt);

    /// <summary>The distinct SKUs of which something was kept.</summary>
    [JsonIgnore]
    public IReadOnlySet<Sku> Basket => Cancelled ? new HashSet<Sku>() : Lines.Where(line => line.Kept > 0).Select(line => line.Sku).ToHashSet();

    /// <summary>The order with refunds taken off. A line keeps no more than was ordered less all its refunds; applying a refund twice changes nothing.</summary>
    public Order Less(IEnumerable<Refund> refunds)
    {
        var refunded = refunds.DistinctBy(refund => refund.Id).SelectMany(refund => refund.Lines)
            .GroupBy(line => line.LineId).ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Quantity));
        return refunded.Count == 0
            ? this
            : this with { Lines = [.. Lines.Select(line => line.Id is { } id && refunded.TryGetValue(id, out var back) ? line.Less(back) : line)] };
    }
}

/// <summary>
/// One line. <paramref name="Quantity"/> is as ordered and negative for a return; <paramref name="Kept"/> is what is left after edits, refunds and returns
/// (negative for a return that names no order of its own), and what is counted. <paramref name="UnitPrice"/> is net of the line's discounts.
/// </summary>
public sealed record OrderLine(Sku Sku, int Quantity, int Kept, Money UnitPrice)
{
    /// <summary>The source's own id of the line, where refunds name it.</summary>
    public string? Id { get; init; }

    public string? Title { get; init; }

    /// <summary>The offer it was added from, where the shop window says so.</summary>
    public string? Offer { get; init; }

    public OrderLine Less(int refunded) => this with { Kept = Math.Max(0, Math.Min(Kept, Quantity - refunded)) };
}

/// <summary>What came back of one order in one refund.</summary>
/// <param name="At">When; null where it isn't told.</param>
public sealed record Refund(string Id, OrderId OrderId, IReadOnlyList<RefundLine> Lines, DateTimeOffset? At = null);

public sealed record RefundLine(string LineId, int Quantity);
