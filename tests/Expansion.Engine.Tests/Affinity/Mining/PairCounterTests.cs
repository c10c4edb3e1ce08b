using CsCheck;
using Expansion.Engine.Affinity.Mining;

namespace Expansion.Engine.Tests.Affinity.Mining;

public sealed class PairCounterTests
{
    /// <summary>Baskets of 0 to 12 of few items: repetitions, empty baskets and single items come up all the time, large counts too.</summary>
    private static readonly Gen<int[][]> Baskets = Gen.Int[1, 40].SelectMany(items => Gen.Int[0, items - 1].Array[0, 12].Array[0, 60]);

    [Fact]
    public void ToList_AnyBasketsAndMinimum_EqualsANaiveCount() =>
        Gen.Select(Baskets, Gen.Int[1, 6]).Sample((baskets, minCount) =>
            Assert.Equal(Naive(baskets, minCount), new PairCounter(Matrix(baskets), minCount, threads: 1).ToList()), iter: 2000);

    [Fact]
    public void ToList_AnyNumberOfThreads_IsTheSame() =>
        Gen.Select(Baskets, Gen.Int[2, 4]).Sample((baskets, threads) =>
            Assert.Equal(Naive(baskets, 2), new PairCounter(Matrix(baskets), 2, threads).ToList()), iter: 300);

    [Fact]
    public void Split_AnyParts_MakeTogetherTheWhole() =>
        Gen.Select(Baskets, Gen.Int[1, 7]).Sample((baskets, parts) =>
        {
            var ranges = new PairCounter(Matrix(baskets), 2, threads: 1).Split(parts);
            Assert.True(ranges.Count <= parts);
            // Each range counted by a process of its own, from the same baskets.
            var pairs = ranges.SelectMany(range => new PairCounter(Matrix(baskets), 2, threads: 2).ToList(range));
            Assert.Equal(Naive(baskets, 2), pairs.Order());
        }, iter: 300);

    [Fact]
    public void From_BasketsInSeveralBuilders_EqualsOneBuilder() =>
        Baskets.Sample(baskets =>
        {
            var builders = baskets.Chunk(7).Select(Fill).Append(new BasketBuilder()).ToList();
            var matrix = BasketMatrix.From(builders);
            Assert.Equal(baskets.Count(basket => basket.Length > 0), matrix.Baskets);
            Assert.Equal(Matrix(baskets).Frequencies, matrix.Frequencies);
            Assert.Equal(Naive(baskets, 1), new PairCounter(matrix, 1, threads: 3).ToList());
        }, iter: 300);

    [Fact]
    public void ToList_LongBaskets_EqualsANaiveCount()
    {
        int[][] baskets = [.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(i, 700).Reverse().ToArray())];

        Assert.Equal(Naive(baskets, 3), new PairCounter(Matrix(baskets), 3).ToList());
    }

    [Fact]
    public void Count_ManyBlocks_KeepsTheirOrderOnAnyNumberOfThreads()
    {
        int[][] baskets = [.. Enumerable.Range(0, 3000).Select(i => Enumerable.Range(0, 6).Select(j => i * 7 * (j + 1) % 311).ToArray())];
        var orders = Enumerable.Range(1, 4).Select(threads =>
        {
            var pairs = new List<PairCount>();
            var counter = new PairCounter(Matrix(baskets), 1, threads);
            counter.Count(counter.All, block => block.ToArray(), pairs.AddRange, TestContext.Current.CancellationToken);
            return pairs;
        }).ToList();

        Assert.All(orders, order => Assert.Equal(orders[0], order));
        Assert.Equal(Naive(baskets, 1), orders[0].Order());
    }

    [Fact]
    public void ToList_MinimumEqualToTheCount_KeepsThePairAndOneMoreDropsIt()
    {
        int[][] baskets = [[3, 9], [3, 9], [9, 3], [3, 9, 3]];

        Assert.Equal([new PairCount(3, 9, 4)], new PairCounter(Matrix(baskets), 4).ToList());
        Assert.Empty(new PairCounter(Matrix(baskets), 5).ToList());
        Assert.Empty(new PairCounter(Matrix(baskets), int.MaxValue).ToList());
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairCounter(Matrix(baskets), 0));
    }

    [Fact]
    public void ToList_NoBasketWithTwoItems_IsEmpty()
    {
        Assert.Empty(new PairCounter(Matrix([]), 1).ToList());
        Assert.Empty(new PairCounter(Matrix([[5], [5, 5], [], [6]]), 1).ToList());
        Assert.Equal(3, Matrix([[5], [5, 5], [], [6]]).Baskets);
        Assert.Equal([0, 0, 0, 0, 0, 2, 1], Matrix([[5], [5, 5], [], [6]]).Frequencies.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(BasketMatrix.MaxItem + 1)]
    public void Add_ItemOutOfRange_IsRefused(int item) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BasketBuilder().Add([1, item]));

    [Fact]
    public void ToList_BasketsTaken_AreTheSamePairsAndCantBeCountedAgain()
    {
        // Of 0 to 39 items: shorter and longer than what the sort takes at once.
        int[][] baskets = [.. Enumerable.Range(0, 200).Select(i => Enumerable.Range(1, i % 40).Select(j => i * j * 31 % 97).ToArray())];
        var matrix = Matrix(baskets);
        Assert.Equal(Naive(baskets, 2), new PairCounter(matrix, 2).ToList());
        Assert.Equal(Naive(baskets, 3), new PairCounter(matrix, 3, takeBaskets: true).ToList());

        Assert.Throws<InvalidOperationException>(() => new PairCounter(matrix, 2));
    }

    [Fact]
    public void Count_ConsumerFails_ThrowsItsException() =>
        Assert.Throws<IOException>(() => Count(new PairCounter(Matrix([[1, 2, 3], [2, 3, 4]]), 1), _ => throw new IOException()));

    [Fact]
    public void Count_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Count(new PairCounter(Matrix([[1, 2]]), 1), _ => { }, cancelled.Token));
    }

    private static void Count(PairCounter counter, Action<int> consume, CancellationToken cancellationToken = default) =>
        counter.Count(counter.All, block => block.Length, consume, cancellationToken);

    private static BasketMatrix Matrix(int[][] baskets) => BasketMatrix.From(Fill(baskets));

    private static BasketBuilder Fill(int[][] baskets)
    {
        var builder = new BasketBuilder();
        foreach (var basket in baskets)
        {
            builder.Add(basket);
        }

        return builder;
    }

    private static IEnumerable<PairCount> Naive(int[][] baskets, int minCount) =>
        baskets.SelectMany(basket => basket.Distinct().SelectMany(a => basket.Distinct().Where(b => a < b).Select(b => (A: a, B: b))))
            .CountBy(pair => pair)
            .Where(pair => pair.Value >= minCount)
            .Select(pair => new PairCount(pair.Key.A, pair.Key.B, pair.Value))
            .Order();
}
