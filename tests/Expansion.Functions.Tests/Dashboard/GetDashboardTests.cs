using System.IO.Compression;
using System.Text.RegularExpressions;
using Expansion.Dashboard;
using Expansion.Testing;

namespace Expansion.Functions.Tests.Dashboard;

[Trait("Category", "Azurite")]
public sealed partial class GetDashboardTests(AzuriteFixture azurite)
{
    private const string NotBuilt = "SKIPPED, NOT TESTED: the app was built where npm could not build the dashboard.";

    [Fact]
    public async Task GetDashboard_Index_RunsNothingInlineAndNamesFilesThatMayBeKept()
    {
        Assert.SkipWhen(DashboardPages.Find(DashboardPages.Index) is null, NotBuilt);
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        using var index = await host.Client.GetAsync("/api/dashboard");
        var html = await index.Content.ReadAsStringAsync();
        var scripts = Script().Matches(html);
        using var script = await host.Client.GetAsync(scripts[0].Groups[1].Value);

        Assert.Equal("text/html", index.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("unsafe", index.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotMatch("<script>|<style|style=|onclick=", html);
        Assert.Equal("no-cache", index.Headers.CacheControl!.ToString());
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromDays(365), script.Headers.CacheControl!.MaxAge);
    }

    [Fact]
    public async Task GetDashboard_WhoTakesGzip_GetsTheSameSmaller()
    {
        Assert.SkipWhen(DashboardPages.Find(DashboardPages.Index) is null, NotBuilt);
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/dashboard") { Headers = { { "Accept-Encoding", "gzip" } } };

        using var answer = await host.Client.SendAsync(request);
        await using var unzipped = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);

        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        Assert.Equal(await host.Client.GetStringAsync("/api/dashboard"), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task GetDashboard_SameETag_Answers304()
    {
        Assert.SkipWhen(DashboardPages.Find(DashboardPages.Index) is null, NotBuilt);
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        using var first = await host.Client.GetAsync("/api/dashboard");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/dashboard") { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };

        using var second = await host.Client.SendAsync(request);

        Assert.Equal(304, (int)second.StatusCode);
    }

    [Theory]
    [InlineData("assets/none.js")]
    [InlineData("../host.json")]
    [InlineData("%2e%2e/host.json")]
    public async Task GetDashboard_NoSuchFile_Answers404(string path)
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());

        using var answer = await host.Client.GetAsync($"/api/dashboard/{path}");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    /// <summary>All of it together, as it goes over the wire.</summary>
    [Fact]
    public void DashboardPages_AllFiles_AreUnder300KilobytesGzipped()
    {
        var index = DashboardPages.Find(DashboardPages.Index);
        Assert.SkipWhen(index is null, NotBuilt);

        var names = Asset().Matches(System.Text.Encoding.UTF8.GetString(index!.Content.Span)).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(2, names.Count);
        Assert.InRange(index.Gzipped.Length + names.Sum(name => DashboardPages.Find(name)!.Gzipped.Length), 1, 300_000);
    }

    [GeneratedRegex("""<script type="module"[^>]* src="([^"]+)">""")]
    private static partial Regex Script();

    [GeneratedRegex("/api/dashboard/(assets/[^\"]+)")]
    private static partial Regex Asset();
}
