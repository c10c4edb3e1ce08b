using System.Text.Json;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

[Trait("Category", "Azurite")]
public sealed class BenchServingVerbTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Serving_SmallShop_EndsWithBothThroughputsAsJson()
    {
        var (code, output, _) = await ExpansionProcess.RunAsync(azurite.NewAccount(), "bench", "serving", "--products", "200", "--orders", "240", "--connections", "2", "--seconds", "1");

        Assert.Equal(0, code);
        var last = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((200, 2), (last.GetProperty("products").GetInt32(), last.GetProperty("connections").GetInt32()));
        Assert.All(["per_second", "bare_per_second", "share_of_bare", "half_load_p99_ms", "cold_p99_ms", "peak_rss_mb"], name => Assert.True(last.GetProperty(name).GetDouble() > 0, name));
    }
}
