namespace Expansion.Engine;

/// <summary>An amount in major units with its ISO 4217 code, e.g. 12.50 EUR.</summary>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>In units of the currency's smallest, halves rounded away from zero: 12.50 EUR is 1250, 12.50 JPY is 13.</summary>
    public long ToMinorUnits() => (long)decimal.Round(Amount * Currencies.UnitsIn(Currency), 0, MidpointRounding.AwayFromZero);

    public static Money FromMinorUnits(long units, string currency) => new(units / Currencies.UnitsIn(currency), currency);

    /// <summary>To what can be paid: a whole number of minor units.</summary>
    public Money Rounded() => FromMinorUnits(ToMinorUnits(), Currency);

    public static Money operator +(Money left, Money right) => new(left.Amount + right.In(left.Currency), left.Currency);

    public static Money operator -(Money left, Money right) => new(left.Amount - right.In(left.Currency), left.Currency);

    public static Money operator *(Money price, decimal factor) => new(price.Amount * factor, price.Currency);

    /// <exception cref="InvalidOperationException">It is in another currency; nothing here converts.</exception>
    private decimal In(string currency) => Currency == currency
        ? Amount
        : throw new InvalidOperationException($"{Currency} can't be added to {currency}.");
}
