using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Metrics.RollUp;
using Expansion.Engine.Outcomes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Recurring revenue, parts of the business, and metrics that left their band.</summary>
[Collection(SampleShopHost.Collection)]
[Trait("Category", "Azurite")]
public sealed class MetricViewTests(Chromium chromium, SampleShopHost shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IMetricStore Metrics => shop.Host.Services.GetRequiredService<IMetricStore>();

    [Fact]
    public async Task RecurringRevenue_OfAMonth_IsDrawnAndToldByMovement()
    {
        var id = await ShopAsync("recurring.expansion.example");
        var month = YearMonth.Of(TimeProvider.System.GetUtcNow().AddMonths(-1));
        await Metrics.ReplaceMonthAsync(id, month, [new(Slice.All, default, new(1_000, 500, 30, 120, 40, 60))], Stop);
        var page = await chromium.OpenDashboardAsync(shop.Address, "metrics", shop: id.Value);

        await page.GetByText("MRR movements: numbers").ClickAsync();
        var row = page.GetByRole(AriaRole.Region, new() { Name = "MRR movements: numbers" }).GetByRole(AriaRole.Row).Last;
        await Expect(row).ToHaveTextAsync($"{month}$500.00$30.00$120.00-$40.00-$60.00");
        Assert.True(await page.IsPaintedAsync("canvas[aria-label^='MRR']"));
        await Expect(page.Locator("main li").Filter(new() { HasText = "$1,000.00 → $1,550.00" })).ToBeVisibleAsync();
        await Chromium.PictureAsync(page, "recurring-revenue", "dashboard");

        await page.GetByRole(AriaRole.Link, new() { Name = month.ToString(), Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Heading)).ToContainTextAsync("Recurring revenue");
    }

    [Theory]
    [InlineData("touchpoint: cart page", "41.7%")]
    [InlineData("cohort: 2026-04", "100.0%")]
    public async Task Part_ThatIsChosen_HasFiguresOfItsOwn(string part, string share)
    {
        var id = await ShopAsync("parts.expansion.example");
        var now = TimeProvider.System.GetUtcNow();
        var (today, march, april) = (DateOnly.FromDateTime(now.UtcDateTime), new YearMonth(2026, 3), new YearMonth(2026, 4));
        Outcome Sale(string sale, RevenueKind kind, decimal amount, string touchpoint, YearMonth cohort) =>
            new(sale, OutcomeKind.Revenue, now, new CustomerId(sale)) { RevenueKind = kind, Amount = amount, Tags = new(touchpoint, Cohort: cohort) };
        var sums = DayRollUp.Of(
        [
            Sale("1", RevenueKind.Renewal, 100, "checkout", march), Sale("2", RevenueKind.Expansion, 50, "cart_page", march),
            Sale("3", RevenueKind.Renewal, 70, "cart_page", march), Sale("4", RevenueKind.Expansion, 30, "checkout", april),
        ]);
        await Metrics.ReplaceAsync(id, new Dictionary<DateOnly, IReadOnlyDictionary<Slice, PeriodSums>> { [today] = sums }, Stop);
        var page = await chromium.OpenDashboardAsync(shop.Address, "metrics", shop: id.Value);
        var card = page.GetByRole(AriaRole.Link).Filter(new() { HasText = "Expansion revenue share" });
        await Expect(card).ToContainTextAsync("32.0%");

        await page.GetByLabel("Part").SelectOptionAsync(new SelectOptionValue { Label = part });

        await Expect(card).ToContainTextAsync(share);
        await card.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"The seven, {part.Replace(":", "", StringComparison.Ordinal)}" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Metric_ThatLeftItsBand_WaitsForSomebodyOnToday()
    {
        var id = await ShopAsync("alarmed.expansion.example");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await Metrics.AddAlertAsync(id, new(new(today.AddDays(-6), today), "attach_rate", "Attach rate fell from 20 % to 9 %.", TimeProvider.System.GetUtcNow()), Stop);
        var page = await chromium.OpenDashboardAsync(shop.Address, "today", shop: id.Value);

        await page.GetByRole(AriaRole.Link, new() { Name = "Attach rate fell from 20 % to 9 %." }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The seven", Exact = true })).ToBeVisibleAsync();
        Assert.EndsWith("/metrics/attach_rate", page.Url, StringComparison.Ordinal);
    }

    private async Task<ShopId> ShopAsync(string name)
    {
        await shop.SendAsync(HttpMethod.Put, $"/api/shops/{name}/settings", """{"currency":"USD"}""");
        return ShopId.From(name);
    }
}
