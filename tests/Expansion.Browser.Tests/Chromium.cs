using System.Diagnostics;
using Expansion.Browser.Tests;
using Expansion.Browser.Tests.Storefront;
using Expansion.LocalHost;
using Expansion.Testing;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace Expansion.Browser.Tests;

/// <summary>A headless Chromium for all tests of the process: the machine's own, or installed by tests/chromium.sh.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>A busy machine is slow, and no reason to fail: milliseconds that only a failing test waits.</summary>
    private const int Patience = 60_000;

    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6L5 7H3z" fill="#b98"/></svg>""";

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        if (await FindAsync() is { } path)
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright = await Playwright.CreateAsync();
            // Tests run as root in containers, where Chromium's own sandbox can't.
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"], Timeout = Patience });
        }
    }

    /// <summary>A theme's page on a visit of its own, where time passes only when <see cref="PageTime"/> lets it.</summary>
    internal async Task<IPage> OpenAsync(Theme theme, string path = "products/beans", int height = 720)
    {
        var page = await OpenAsync(new BrowserNewContextOptions { BaseURL = theme.Address, ViewportSize = new() { Width = 640, Height = height } });
        await page.AddInitScriptAsync(PageTime.Script);
        await page.AddInitScriptAsync(
            """
            window.shifted = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) window.shifted += entry.value; })).observe({ type: 'layout-shift', buffered: true });
            """);
        await page.RouteAsync("https://cdn.shopify.com/**", route => route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = Picture }));
        page.PageError += (_, error) => theme.Errors.Enqueue(error);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>An empty page of a visit of its own. It skips the test, saying why, where there is no Chromium.</summary>
    internal async Task<IPage> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipWhen(_browser is null, $"SKIPPED, NOT TESTED: there is no Chromium, and tests/chromium.sh could not install it. {_missing}");
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Where people find what the tests saw.</summary>
    internal static Task PictureAsync(IPage page, string name, string folder = "widget") =>
        page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryRoot.Find(), "artifacts", folder, $"{name}.png"), FullPage = folder != "widget" });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private async Task<string?> FindAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            _missing = "The script is for Debian.";
            return null;
        }

        using var script = Process.Start(new ProcessStartInfo(Path.Combine(RepositoryRoot.Find(), "tests", "chromium.sh")) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        await script.WaitForExitAsync();
        _missing = (await errors).Trim();
        return script.ExitCode == 0 ? (await output).Trim() : null;
    }
}
