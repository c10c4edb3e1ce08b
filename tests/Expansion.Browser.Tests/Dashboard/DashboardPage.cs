using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expansion.Dashboard;
using Expansion.LocalHost;
using Microsoft.Playwright;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>What every test of the dashboard does with its page.</summary>
internal static class DashboardPage
{
    /// <param name="path">Within the shop.</param>
    /// <param name="errors">Where the page's errors go, from its first line on: what the content security policy refuses among them.</param>
    public static async Task<IPage> OpenDashboardAsync(
        this Chromium chromium, string address, string path, BrowserNewContextOptions? options = null, string shop = SampleShopHost.Shop, ConcurrentQueue<string>? errors = null)
    {
        Assert.SkipWhen(DashboardPages.Find(DashboardPages.Index) is null, "SKIPPED, NOT TESTED: the app was built where npm could not build the dashboard.");
        var page = await chromium.OpenAsync(options ?? new());
        if (errors is not null)
        {
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                {
                    errors.Enqueue(message.Text);
                }
            };
            page.PageError += (_, error) => errors.Enqueue(error);
        }

        await page.GotoAsync($"{address}/api/dashboard#/{shop}/{path}");
        return page;
    }

    /// <summary>Serious and critical violations by axe-core, which the dashboard's own build brings along.</summary>
    public static async Task<IReadOnlyList<string>> SeriousAsync(this IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Find(), "functions", "Expansion.Dashboard", "node_modules", "axe-core", "axe.min.js")));
        var found = JsonNode.Parse((await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations")).GetRawText())!.AsArray();
        return [.. found.Where(violation => (string?)violation!["impact"] is "serious" or "critical").Select(violation => $"{violation!["id"]}: {violation["nodes"]![0]!["html"]}")];
    }

    /// <summary>Whether anything is drawn on a canvas.</summary>
    public static Task<bool> IsPaintedAsync(this IPage page, string canvas) => page.EvaluateAsync<bool>(
        "canvas => { const of = document.querySelector(canvas); return of.getContext('2d').getImageData(0, 0, of.width, of.height).data.some(byte => byte > 0) }", canvas);
}
