namespace Expansion.Engine.Metrics.Facts;

/// <summary>Units of the shop's currency for one unit of each currency. Sums stay unrounded; rounding is for display.</summary>
public sealed class ExchangeRates(IReadOnlyDictionary<string, decimal> rates)
{
    /// <exception cref="KeyNotFoundException">There is no rate for the currency: guessing 1 would be worse than no figure.</exception>
    public decimal Convert(Money money) => rates.TryGetValue(money.Currency, out var rate)
        ? money.Amount * rate
        : throw new KeyNotFoundException($"There is no exchange rate for {money.Currency}.");
}
