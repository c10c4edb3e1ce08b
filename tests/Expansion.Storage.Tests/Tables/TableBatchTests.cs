using Azure.Data.Tables;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Tests.Tables;

public sealed class TableBatchTests
{
    [Fact]
    public void Split_TwoHundredAndOneRows_AreThreeTransactionsOfAtMostAHundred() =>
        Assert.Equal([100, 100, 1], Sizes(Enumerable.Range(0, 201).Select(number => Row("p", $"{number}"))));

    [Fact]
    public void Split_TwoPartitions_NeverShareATransaction() =>
        Assert.Equal([3, 1], Sizes([Row("a", "1"), Row("a", "2"), Row("b", "1"), Row("a", "3")]));

    [Fact]
    public void Split_SameRowAgain_StartsATransaction() => Assert.Equal([2, 1], Sizes([Row("p", "1"), Row("p", "2"), Row("p", "1")]));

    [Fact]
    public void Split_LargeRows_StayUnderFourMebibytesAsSent()
    {
        var batches = TableBatch.Split(Enumerable.Range(0, 100).Select(number => Row("p", $"{number}", 60_000, '"'))).ToList();

        Assert.Equal(100, batches.Sum(batch => batch.Count));
        Assert.All(batches, batch => Assert.True(batch.Count * 60_000 * 4 / 3 <= TableBatch.MaxBytes));
    }

    [Fact]
    public void Split_NothingToWrite_IsNoTransaction() => Assert.Empty(TableBatch.Split([]));

    private static IEnumerable<int> Sizes(IEnumerable<TableTransactionAction> actions) => TableBatch.Split(actions).Select(batch => batch.Count);

    private static TableTransactionAction Row(string partition, string row, int bytes = 1, char text = 'x') =>
        new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, row) { ["Bytes"] = new byte[bytes], ["Text"] = new string(text, 100) });
}
