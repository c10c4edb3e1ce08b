using System.Collections.Immutable;
using System.Globalization;

namespace Expansion.Engine.Metrics.Facts;

/// <summary>Revenue and refunds in currencies that aren't the shop's, by currency: told, never converted and never added to the shop's own. Combines with +.</summary>
public sealed record OtherCurrencies(ImmutableSortedDictionary<string, CurrencySum> Sums)
{
    public static OtherCurrencies None { get; } = new(ImmutableSortedDictionary.Create<string, CurrencySum>(StringComparer.Ordinal));

    /// <param name="amount">Negative for a refund. 0, as of a sale that was taken back, is none.</param>
    public OtherCurrencies With(string currency, decimal amount) => amount == 0 ? this : new(Sums.SetItem(currency, Sums.GetValueOrDefault(currency) + new CurrencySum(1, amount)));

    public static OtherCurrencies operator +(OtherCurrencies left, OtherCurrencies right) =>
        new(right.Sums.Aggregate(left.Sums, (sums, other) => sums.SetItem(other.Key, sums.GetValueOrDefault(other.Key) + other.Value)));

    public static OtherCurrencies Add(OtherCurrencies left, OtherCurrencies right) => left + right;

    /// <summary>A sentence for each currency.</summary>
    /// <param name="currency">The shop's.</param>
    public IReadOnlyList<string> Words(string currency) =>
    [
        .. Sums.Select(other => string.Create(
            CultureInfo.InvariantCulture, $"{other.Value.Outcomes:N0} {(other.Value.Outcomes == 1 ? "outcome" : "outcomes")} in {other.Key}, {other.Value.Amount:N2} in all, not counted: the shop's currency is {currency}.")),
    ];

    public bool Equals(OtherCurrencies? other) => other is not null && Sums.SequenceEqual(other.Sums);

    public override int GetHashCode() => Sums.Aggregate(0, (hash, sum) => HashCode.Combine(hash, sum.Key, sum.Value));
}

/// <param name="Outcomes">Sales and refunds.</param>
/// <param name="Amount">Sales less refunds, in that currency.</param>
public readonly record struct CurrencySum(long Outcomes, decimal Amount)
{
    public static CurrencySum operator +(CurrencySum left, CurrencySum right) => new(left.Outcomes + right.Outcomes, left.Amount + right.Amount);

    public static CurrencySum Add(CurrencySum left, CurrencySum right) => left + right;
}
