using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Orders;
using Parquet;
using Parquet.Schema;

namespace Expansion.Storage.Segments;

/// <summary>The columns of a file of pairs, for us and for every other engine: names and types are a contract. Lists are numbers with blanks between; a title or currency that isn't known is empty.</summary>
internal static class PairSchema
{
    private static readonly IReadOnlyList<PairColumn> Columns =
    [
        PairColumn.Text("a", pair => pair.Pair.A.Value),
        PairColumn.Text("b", pair => pair.Pair.B.Value),
        PairColumn.Number("count_ab", pair => pair.Pair.Both),
        PairColumn.Number("count_a", pair => pair.Pair.CountA),
        PairColumn.Number("count_b", pair => pair.Pair.CountB),
        PairColumn.Number("n", pair => pair.Pair.Baskets),
        PairColumn.Number("support", pair => pair.Pair.Support),
        PairColumn.Number("confidence_ab", pair => pair.Pair.ConfidenceAb),
        PairColumn.Number("confidence_ba", pair => pair.Pair.ConfidenceBa),
        PairColumn.Number("lift", pair => pair.Pair.Lift),
        PairColumn.Number("expected", pair => pair.Expected),
        PairColumn.Number("p", pair => pair.P),
        PairColumn.Number("q", pair => pair.Q),
        PairColumn.Number("lift_low", pair => pair.LiftLow),
        PairColumn.Number("lift_high", pair => pair.LiftHigh),
        PairColumn.Number("shrunken_lift", pair => pair.ShrunkenLift),
        PairColumn.Number("within_lift", pair => pair.WithinLift),
        PairColumn.Number("seasonal", pair => pair.Seasonal),
        PairColumn.Text("season_months", pair => Join(pair.SeasonMonths)),
        PairColumn.Text("trend", pair => ExpansionJson.Word(pair.Trend)),
        PairColumn.Text("both_by_month", pair => Join(pair.BothByMonth)),
        PairColumn.Number("customers_same_order", pair => pair.Delay.SameOrder),
        PairColumn.Number("customers_a_first", pair => pair.Delay.AFirst),
        PairColumn.Number("customers_b_first", pair => pair.Delay.BFirst),
        PairColumn.Maybe("days_a_first", pair => pair.Delay.DaysAFirst),
        PairColumn.Maybe("days_b_first", pair => pair.Delay.DaysBFirst),
        PairColumn.Maybe("days", pair => pair.Delay.Days),
        PairColumn.Maybe("price_ratio", pair => pair.PriceRatio),
        PairColumn.Text("touchpoint_ab", pair => ExpansionJson.Word(pair.AdviceAb.Touchpoint)),
        PairColumn.Text("touchpoint_ba", pair => ExpansionJson.Word(pair.AdviceBa.Touchpoint)),
        PairColumn.Text("title_a", pair => pair.ProductA.Title ?? ""),
        PairColumn.Text("title_b", pair => pair.ProductB.Title ?? ""),
        PairColumn.Amount("price_a", pair => pair.ProductA.Price?.Amount),
        PairColumn.Text("currency_a", pair => pair.ProductA.Price?.Currency ?? ""),
        PairColumn.Amount("price_b", pair => pair.ProductB.Price?.Amount),
        PairColumn.Text("currency_b", pair => pair.ProductB.Price?.Currency ?? ""),
        PairColumn.Text("kind_a", pair => ExpansionJson.Word(pair.ProductA.Kind)),
        PairColumn.Text("kind_b", pair => ExpansionJson.Word(pair.ProductB.Kind)),
    ];

    /// <summary>Dividing by it takes the trailing zeros off that the column's scale has added.</summary>
    private const decimal NoScale = 1.0000000000000000000000000000m;

    private static readonly ParquetSchema Schema = new(Columns.Select(column => column.Field));

    /// <summary>A row group for each of <paramref name="groups"/>.</summary>
    public static async Task WriteAsync(IEnumerable<IReadOnlyList<ScoredPair>> groups, Stream file, CancellationToken cancellationToken)
    {
        await using var writer = await ParquetWriter.CreateAsync(Schema, file, cancellationToken: cancellationToken);
        foreach (var pairs in groups)
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in Columns)
            {
                await column.WriteAsync(group, pairs, cancellationToken);
            }

            group.CompleteValidate();
        }
    }

    public static async Task<IReadOnlyList<ScoredPair>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: cancellationToken);
        var pairs = new List<ScoredPair>();
        // A product is in many pairs and is kept once.
        var products = new Dictionary<string, Product>(StringComparer.Ordinal);
        foreach (var group in reader.RowGroups)
        {
            pairs.AddRange(await ReadAsync(group, products, cancellationToken));
        }

        return pairs;
    }

    private static async Task<IEnumerable<ScoredPair>> ReadAsync(ParquetRowGroupReader group, Dictionary<string, Product> products, CancellationToken cancellationToken)
    {
        var bySku = products.GetAlternateLookup<ReadOnlySpan<char>>();
        var (a, b) = (await TextAsync("a"), await TextAsync("b"));
        var (both, countA, countB, n) = (await NumbersAsync<long>("count_ab"), await NumbersAsync<long>("count_a"), await NumbersAsync<long>("count_b"), await NumbersAsync<long>("n"));
        var (expected, p, q) = (await NumbersAsync<double>("expected"), await NumbersAsync<double>("p"), await NumbersAsync<double>("q"));
        var (low, high, shrunken) = (await NumbersAsync<double>("lift_low"), await NumbersAsync<double>("lift_high"), await NumbersAsync<double>("shrunken_lift"));
        var (within, seasonal, seasons) = (await NumbersAsync<double>("within_lift"), await NumbersAsync<bool>("seasonal"), await TextAsync("season_months"));
        var (trend, byMonth) = (await TextAsync("trend"), await TextAsync("both_by_month"));
        var (same, aFirst, bFirst) = (await NumbersAsync<long>("customers_same_order"), await NumbersAsync<long>("customers_a_first"), await NumbersAsync<long>("customers_b_first"));
        var (daysA, daysB, days, ratio) = (await MaybeAsync<int>("days_a_first"), await MaybeAsync<int>("days_b_first"), await MaybeAsync<int>("days"), await MaybeAsync<double>("price_ratio"));
        var (titleA, titleB) = (await TextAsync("title_a"), await TextAsync("title_b"));
        var (priceA, currencyA) = (await MaybeAsync<decimal>("price_a"), await TextAsync("currency_a"));
        var (priceB, currencyB) = (await MaybeAsync<decimal>("price_b"), await TextAsync("currency_b"));
        var (kindA, kindB) = (await TextAsync("kind_a"), await TextAsync("kind_b"));
        return Enumerable.Range(0, a.Length).Select(Scored);

        ScoredPair Scored(int row)
        {
            var (productA, productB) = (Product(a[row], titleA[row], priceA[row], currencyA[row], kindA[row]), Product(b[row], titleB[row], priceB[row], currencyB[row], kindB[row]));
            return new(
                new Pair(productA.Sku, productB.Sku, both[row], countA[row], countB[row], n[row]),
                expected[row], p[row], q[row], low[row], high[row], shrunken[row], within[row], seasonal[row], Split(seasons[row]),
                Enum.Parse<TrendDirection>(trend[row].Span, ignoreCase: true), Split(byMonth[row]),
                new PairDelay(same[row], aFirst[row], bFirst[row], daysA[row], daysB[row], days[row]), ratio[row])
            {
                ProductA = productA,
                ProductB = productB,
            };
        }

        Product Product(ReadOnlyMemory<char> sku, ReadOnlyMemory<char> title, decimal? price, ReadOnlyMemory<char> currency, ReadOnlyMemory<char> kind)
        {
            if (!bySku.TryGetValue(sku.Span, out var product))
            {
                var id = sku.ToString();
                product = new(new Sku(id), title.IsEmpty ? null : title.ToString(), price is { } amount ? new Money(amount / NoScale, currency.ToString()) : null)
                {
                    Kind = ExpansionJson.FromWord<ProductKind>(kind.ToString()) ?? ProductKind.Goods,
                };
                products.Add(id, product);
            }

            return product;
        }

        Task<ReadOnlyMemory<char>[]> TextAsync(string name) => NumbersAsync<ReadOnlyMemory<char>>(name);

        async Task<T[]> NumbersAsync<T>(string name)
            where T : struct
        {
            var values = new T[group.RowCount];
            await group.ReadAsync<T>(Field(name), values, cancellationToken: cancellationToken);
            return values;
        }

        async Task<T?[]> MaybeAsync<T>(string name)
            where T : struct
        {
            var values = new T?[group.RowCount];
            await group.ReadAsync<T>(Field(name), values, cancellationToken: cancellationToken);
            return values;
        }
    }

    private static DataField Field(string name) => Columns.First(column => column.Field.Name == name).Field;

    private static string Join(IEnumerable<int> numbers) => string.Join(' ', numbers);

    private static int[] Split(ReadOnlyMemory<char> text) =>
        [.. text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
}
