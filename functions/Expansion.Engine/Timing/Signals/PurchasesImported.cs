namespace Expansion.Engine.Timing.Signals;

/// <summary>A month of orders was imported, whose purchases are to be told as signals.</summary>
public sealed record PurchasesImported(ShopId Shop, YearMonth Month)
{
    public const string Queue = "purchases-imported";

    /// <summary>What was bought before is too long ago to be an occasion: no trigger looks back further than a year and some days.</summary>
    private const int Months = 14;

    /// <summary>The months of an import that matter.</summary>
    public static IEnumerable<PurchasesImported> Of(ShopId shop, DateTimeOffset? first, DateTimeOffset? last, DateTimeOffset now) =>
        first is { } from && last is { } until
            ? Enumerable.Range(0, Months).Select(ago => YearMonth.Of(now).AddMonths(-ago)).Where(month => month.CompareTo(YearMonth.Of(from)) >= 0 && month.CompareTo(YearMonth.Of(until)) <= 0)
                .Select(month => new PurchasesImported(shop, month))
            : [];
}
