using System.Text.Json;
using Azure.Storage.Blobs;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Delay;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Affinity.Season;
using Expansion.Storage.Segments;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Segments;

[Trait("Category", "Azurite")]
public sealed class PairFilesTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("shop");

    private readonly PairFiles _files = new(new BlobServiceClient(azurite.NewAccount()));

    private static ScoredPair Scored(string a, string b) => new(
        new Pair(new(a), new(b), 12, 30, 40, 1000), 1.2, 1e-200, 3e-198, 5.1, 19.9, 4.2, 9.8, true, [11, 12], TrendDirection.Rising, [0, 7, 5],
        new PairDelay(4, 3, 2, 14, null, 9), 0.25);

    private static string Json(IEnumerable<ScoredPair> pairs) => JsonSerializer.Serialize(pairs, ExpansionJson.Options);

    [Fact]
    public async Task ReadAsync_WhatWasWritten_IsEqualInEveryField()
    {
        ScoredPair[] pairs = [Scored("a/b#?\\", "ß ☕"), Scored("c", "d") with { PriceRatio = null, SeasonMonths = [], BothByMonth = [] }, Scored("x", "y") with { ProductA = new(new("x"), "X, \"1\"", new(12.345678m, "EUR")) { Kind = ProductKind.AddOn } }];
        await _files.WriteAsync(Shop, "g", pairs.Chunk(2), CancellationToken.None);

        Assert.Equal(Json(pairs), Json(await _files.ReadAsync(Shop, "g", CancellationToken.None)));
    }

    [Fact]
    public async Task ReadAsync_GenerationWithoutPairs_IsEmpty()
    {
        await _files.WriteAsync(Shop, "g", [], CancellationToken.None);

        Assert.Empty(await _files.ReadAsync(Shop, "g", CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_FailsHalfway_LeavesWhatWasThere()
    {
        await _files.WriteAsync(Shop, "g", [[Scored("a", "b")]], CancellationToken.None);

        await Assert.ThrowsAsync<IOException>(() => _files.WriteAsync(Shop, "g", Failing(), CancellationToken.None));

        Assert.Single(await _files.ReadAsync(Shop, "g", CancellationToken.None));

        static IEnumerable<IReadOnlyList<ScoredPair>> Failing()
        {
            yield return [.. Enumerable.Range(0, 200_000).Select(pair => Scored($"a{pair}", $"b{pair}"))];
            throw new IOException("gone");
        }
    }

    [Fact]
    public async Task SweepAsync_ThreeGenerations_OnlyOlderOnesGo()
    {
        await _files.WriteAsync(Shop, "1", [], CancellationToken.None);
        await _files.WriteAsync(Shop, "2", [[Scored("a", "b")]], CancellationToken.None);
        await _files.WriteAsync(Shop, "3", [[Scored("a", "b")]], CancellationToken.None);

        await _files.SweepAsync(Shop, "2", CancellationToken.None);

        Assert.Single(await _files.ReadAsync(Shop, "2", CancellationToken.None));
        Assert.Single(await _files.ReadAsync(Shop, "3", CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _files.ReadAsync(Shop, "1", CancellationToken.None));
    }
}
