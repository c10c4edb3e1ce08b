using System.Collections.Concurrent;
using System.Diagnostics;
using Expansion.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Long lists: cut by the server, and answered at once.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class LongListTests(Chromium chromium, SampleShopHost shop)
{
    private const int PageSize = 50;

    /// <summary>Milliseconds from each interaction to the next thing painted.</summary>
    private readonly Dictionary<string, double> _painted = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_OfThousands_AreCutByTheServerAndNeverAllOnThePage()
    {
        await LongShop.WriteAsync(shop.Host, pairs: 5_000, decisions: 150, Stop);
        var page = await chromium.OpenAsync(new BrowserNewContextOptions());
        var lengths = new ConcurrentQueue<int>();
        page.Response += async (_, response) =>
        {
            if (response.Url.Contains("/affinity/pairs?", StringComparison.Ordinal) || response.Url.Contains("/offers/ledger?", StringComparison.Ordinal))
            {
                lengths.Enqueue((await response.JsonAsync())!.Value.GetProperty("items").GetArrayLength());
            }
        };

        foreach (var (view, table, pages) in new[] { ("affinity", "Pairs of products", 4), ("offers", "Decisions", 3) })
        {
            await page.GotoAsync($"{shop.Address}/api/dashboard#/{LongShop.Name}/{view}");
            var rows = page.GetByRole(AriaRole.Table, new() { Name = table }).Locator("tbody tr");
            for (var number = 1; number < pages; number++)
            {
                await Expect(rows).ToHaveCountAsync(PageSize);
                var first = await rows.First.InnerTextAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "On", Exact = true }).ClickAsync();
                await Expect(rows.First).Not.ToHaveTextAsync(first, new() { UseInnerText = true });
            }

            await Expect(rows).ToHaveCountAsync(PageSize);
            Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), PageSize, 4_000);
        }

        await Eventually.TrueAsync(() => lengths.Count >= 7, "every page's answer has been looked at");
        Assert.All(lengths, length => Assert.InRange(length, 0, PageSize));
    }

    /// <summary>tests/bench/dashboard.sh: from the press of a key or a button to the next thing painted, and to the answer on the page.</summary>
    [Fact(Explicit = true)]
    public async Task Interactions_With50000PairsAnd100000Decisions_AreWithin100Milliseconds()
    {
        var seeding = Stopwatch.StartNew();
        await LongShop.WriteAsync(shop.Host, pairs: 50_000, decisions: 100_000, Stop);
        Say($"Seeded in {seeding.Elapsed.TotalSeconds:0} s.");
        var page = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 900 } });
        await page.AddInitScriptAsync(
            """
            window.painted = [];
            new PerformanceObserver(list => list.getEntries().forEach(entry => { if (entry.interactionId) painted.push(entry.duration) })).observe({ type: 'event', durationThreshold: 16, buffered: true });
            """);

        foreach (var (view, table) in new[] { ("affinity", "Pairs of products"), ("offers", "Decisions") })
        {
            await page.GotoAsync($"{shop.Address}/api/dashboard#/{LongShop.Name}/{view}");
            var rows = page.GetByRole(AriaRole.Table, new() { Name = table }).Locator("tbody tr");
            await Expect(rows).ToHaveCountAsync(PageSize);
            var on = page.GetByRole(AriaRole.Button, new() { Name = "On", Exact = true });
            await MeasureAsync(page, $"{view}, next page", table, () => on.ClickAsync());
            if (view == "affinity")
            {
                await MeasureAsync(page, "affinity, sort by support", table, () => page.GetByRole(AriaRole.Button, new() { Name = "Support" }).ClickAsync());
                await MeasureAsync(page, "affinity, filter by lift", table, async () => { await page.GetByLabel("Lift from").FillAsync("9"); await page.GetByLabel("Lift from").PressAsync("Enter"); });
            }
            else
            {
                await MeasureAsync(page, "offers, filter to offers", table, () => page.GetByLabel("Outcome").SelectOptionAsync("offer"));
                await MeasureAsync(page, "offers, one customer", table, async () => { await page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" }).FillAsync("customer-77"); await page.GetByRole(AriaRole.Searchbox, new() { Name = "Customer" }).PressAsync("Enter"); });
            }

            await rows.First.FocusAsync();
            await MeasureAsync(page, $"{view}, open a row", "dialog", () => rows.First.PressAsync("Enter"));
        }

        Assert.All(_painted, interaction => Assert.InRange(interaction.Value, 0, 100));
    }

    /// <param name="changes">The table whose rows change, or the dialog that opens.</param>
    private async Task MeasureAsync(IPage page, string what, string changes, Func<Task> act)
    {
        await page.EvaluateAsync(
            """
            name => {
              painted.length = 0;
              const text = () => (name === 'dialog' ? document.querySelector('dialog .reasons') : document.querySelector(`[aria-label="${name}"] tbody`))?.textContent ?? '';
              const before = text();
              let began = 0;
              for (const kind of ['pointerdown', 'keydown', 'input', 'change']) addEventListener(kind, event => { began = event.timeStamp }, { capture: true, once: false });
              window.answered = new Promise(done => {
                const look = () => text() !== before && text() !== '' ? done(performance.now() - began) : requestAnimationFrame(look);
                look();
              });
            }
            """, changes);
        await act();
        var answered = await page.EvaluateAsync<double>("answered");
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 200))");
        var painted = await page.EvaluateAsync<double>("Math.max(0, ...painted)");
        Say($"{what}: painted after {painted:0} ms, answer on the page after {answered:0} ms");
        _painted[what] = painted;
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);
}
