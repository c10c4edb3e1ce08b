using Azure.Data.Tables;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Storage.Tables;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class PairDecisionTableTests(AzuriteFixture azurite)
{
    private static readonly PairDecision Decision = new(new Sku("a/b#?\\ ☕"), new Sku("z"), PairVerdict.Pinned, "A \"set\"", "Ann", Noon);

    private readonly PairDecisionTable _decisions = new(new TableServiceClient(azurite.NewAccount()));

    [Fact]
    public async Task FindAsync_Saved_IsEqualInEveryField()
    {
        await _decisions.SaveAsync(Shop, Decision, default);

        Assert.Equal(Decision, await _decisions.FindAsync(Shop, Decision.A, Decision.B, default));
        Assert.Equal([Decision], await _decisions.ListAsync(Shop, default).ToListAsync());
    }

    [Fact]
    public async Task VersionAsync_EveryChange_IsAnother()
    {
        var versions = new List<string> { await _decisions.VersionAsync(Shop, default) };
        await _decisions.SaveAsync(Shop, Decision, default);
        versions.Add(await _decisions.VersionAsync(Shop, default));
        await _decisions.SaveAsync(Shop, Decision, default);
        versions.Add(await _decisions.VersionAsync(Shop, default));
        await _decisions.DeleteAsync(Shop, Decision.A, Decision.B, default);
        versions.Add(await _decisions.VersionAsync(Shop, default));

        Assert.Equal(4, versions.Distinct().Count());
        Assert.Equal(versions[^1], await _decisions.VersionAsync(Shop, default));
        Assert.Equal("", await _decisions.VersionAsync(ShopId.From("other"), default));
        Assert.Empty(await _decisions.ListAsync(Shop, default).ToListAsync());
    }
}
