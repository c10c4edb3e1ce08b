using Expansion.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Storefront;

/// <summary>The widget as shoppers meet it, in a real browser on a page that behaves as a theme's. Pictures go to artifacts/widget.</summary>
public sealed class OfferWidgetTests(Chromium chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offer_OnTheScreen_IsShownWithPriceAndSaving()
    {
        await using var theme = await Theme.StartAsync();
        var page = await chromium.OpenAsync(theme);

        await Expect(page.Locator("expansion-offer")).ToMatchAriaSnapshotAsync(
            """
            - region "Goes well with your choice":
              - heading "Goes well with your choice" [level=3]
              - link "Paper filters":
                - /url: /products/filters
              - paragraph:
                - text: Regular price $6.00 Now
                - strong: $4.50
                - emphasis: Save $1.50
              - 'button "Add to cart: Paper filters"'
              - status
              - button "No, thanks"
            """);
        await Chromium.PictureAsync(page, "shown");
        await AssertUnmovedAsync(page, theme);
    }

    [Fact]
    public async Task Ask_OnAProductPage_NamesProductCartAndVisit()
    {
        await using var theme = await Theme.StartAsync();
        var page = await chromium.OpenAsync(theme);
        await Expect(Add(page)).ToBeVisibleAsync();

        var asked = new Uri(new Uri(theme.Address), Assert.Single(theme.Asked));
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal("BEANS \"1 kg\"", (string?)query["product"]);
        Assert.Equal(["GRINDER, red", "variant:48002"], query["cart"].ToArray());
        Assert.Equal(("8000", "USD", "product_page"), ((string?)query["cart_total"], (string?)query["currency"], (string?)query["touchpoint"]));
        Assert.True(Guid.TryParse(query["visit"], out _));

        await page.GotoAsync("cart");
        await Expect(Add(page)).ToBeVisibleAsync();
        var second = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(new Uri(theme.Address), theme.Asked.Last()).Query);
        Assert.Equal(("cart_page", (string?)query["visit"]), ((string?)second["touchpoint"], (string?)second["visit"]));
        Assert.False(second.ContainsKey("product"));
    }

    [Fact]
    public async Task Offer_BelowTheScreen_IsAskedForWhenNearAndSeenWhenVisible()
    {
        await using var theme = await Theme.StartAsync(above: 1500);
        var page = await chromium.OpenAsync(theme);
        await page.EvaluateAsync("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Empty(theme.Asked);

        await page.EvaluateAsync("scrollTo(0, document.querySelector('expansion-offer').offsetTop - innerHeight - 100)");
        await Eventually.TrueAsync(() => theme.Asked.Count == 1, "the offer is asked for before it is on the screen");
        await Expect(Add(page)).ToBeAttachedAsync();
        await page.PassAsync(1500);
        Assert.Empty(theme.Told);

        await page.EvaluateAsync("scrollBy(0, 500)");
        await page.TimerAsync(1000);
        await page.PassAsync(1000);
        await Eventually.TrueAsync(() => theme.Told.Contains("impression offer-1"), "the impression is told");
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.EvaluateAsync("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await page.EvaluateAsync("scrollTo(0, 1500)");
        await page.TimerAsync(1000);
        await page.PassAsync(1500);
        Assert.Single(theme.Told);
        await AssertUnmovedAsync(page, theme);
    }

    [Fact]
    public async Task Offer_SeenForLessThanASecond_IsNoImpression()
    {
        await using var theme = await Theme.StartAsync();
        var page = await chromium.OpenAsync(theme);
        await Expect(Add(page)).ToBeVisibleAsync();
        await page.TimerAsync(1000);

        await page.PassAsync(999);
        await page.EvaluateAsync("scrollTo(0, 3000)");
        await page.TimerAsync(1000, isSet: false);
        await page.PassAsync(1500);

        Assert.Empty(theme.Told);
    }

    [Fact]
    public async Task Add_ByKeyboard_PutsItIntoTheCartWithTheOffersId()
    {
        await using var theme = await Theme.StartAsync();
        var page = await chromium.OpenAsync(theme);
        await Add(page).FocusAsync();

        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Added to your cart.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cart (2)" })).ToBeVisibleAsync();
        Assert.Equal("""{"id":"704912205188288575","quantity":1,"properties":{"_expansion_offer":"offer-1"}}""", Assert.Single(theme.Added).ToJsonString());
        await Eventually.TrueAsync(() => theme.Told.Contains("click offer-1"), "the click is told");
        await Chromium.PictureAsync(page, "added");

        await page.Keyboard.PressAsync("Enter");
        Assert.Single(theme.Added);
        await AssertUnmovedAsync(page, theme);
    }

    [Fact]
    public async Task Add_SoldOut_SaysSoAndLetsTryAgain()
    {
        await using var theme = await Theme.StartAsync();
        theme.SoldOut = "The product 'Paper filters' is already sold out.";
        var page = await chromium.OpenAsync(theme);

        await Add(page).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(theme.SoldOut);
        await Chromium.PictureAsync(page, "sold-out");
        theme.SoldOut = null;
        await Add(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Added to your cart.");
    }

    [Fact]
    public async Task Dismiss_ByKeyboard_IsToldAndLeavesNothing()
    {
        await using var theme = await Theme.StartAsync();
        var page = await chromium.OpenAsync(theme);
        await page.GetByRole(AriaRole.Button, new() { Name = "No, thanks" }).FocusAsync();

        await page.Keyboard.PressAsync("Space");

        await Expect(page.GetByRole(AriaRole.Region)).Not.ToBeAttachedAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The suggestion was removed.");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.localName === 'expansion-offer' && document.activeElement.offsetHeight < 2"));
        await Eventually.TrueAsync(() => theme.Told.Contains("dismissed offer-1"), "the dismissal is told");
        await page.PassAsync(1200);
        Assert.Single(theme.Told);
        await Chromium.PictureAsync(page, "dismissed");
        Assert.Empty(theme.Errors);
    }

    [Theory]
    [InlineData("the app is down", 500, "oops")]
    [InlineData("nothing to offer", 204, null)]
    [InlineData("the shop has gone", 404, "{}")]
    [InlineData("a password page", 200, "<!doctype html><h1>Opening soon</h1>")]
    [InlineData("empty", 200, "{}")]
    [InlineData("null", 200, "null")]
    [InlineData("another currency", 200, """{"id":"o","variant":"1","title":"Filters","price":4.5,"currency":"EUR"}""")]
    [InlineData("no price", 200, """{"id":"o","variant":"1","title":"Filters","currency":"USD"}""")]
    [InlineData("no variant", 200, """{"id":"o","variant":"gid","title":"Filters","price":4.5,"currency":"USD"}""")]
    public async Task Answer_ThatIsNoOffer_ShowsNothing(string name, int status, string? body)
    {
        await using var theme = await Theme.StartAsync();
        var answered = new TaskCompletionSource();
        theme.App = async context =>
        {
            context.Response.StatusCode = status;
            if (body is not null)
            {
                await Theme.Json(context, body);
            }

            context.Response.OnCompleted(() => Task.FromResult(answered.TrySetResult()));
        };
        var page = await chromium.OpenAsync(theme);
        await answered.Task.WaitAsync(Stop);

        await AssertSilentAsync(page, theme);
        if (status == 500)
        {
            await Chromium.PictureAsync(page, name.Replace(' ', '-'));
        }
    }

    [Fact]
    public async Task Answer_ThatIsSlow_IsGivenUpAfterEightHundredMilliseconds()
    {
        await using var theme = await Theme.StartAsync();
        var givenUp = new TaskCompletionSource();
        theme.App = async context =>
        {
            context.RequestAborted.Register(() => givenUp.TrySetResult());
            await givenUp.Task;
        };
        var page = await chromium.OpenAsync(theme);
        await Eventually.TrueAsync(() => theme.Asked.Count == 1, "the offer is asked for");

        await page.PassAsync(799);
        Assert.False(givenUp.Task.IsCompleted);
        await page.PassAsync(1);

        await givenUp.Task.WaitAsync(Stop);
        await AssertSilentAsync(page, theme);
        await Chromium.PictureAsync(page, "slow");
    }

    [Fact]
    public async Task Connection_ThatBreaks_ShowsNothing()
    {
        await using var theme = await Theme.StartAsync();
        var broken = new TaskCompletionSource();
        theme.App = context =>
        {
            context.Abort();
            broken.TrySetResult();
            return Task.CompletedTask;
        };
        var page = await chromium.OpenAsync(theme);
        await broken.Task.WaitAsync(Stop);

        await AssertSilentAsync(page, theme);
    }

    [Fact]
    public async Task Offer_WithMarkupInIt_IsText()
    {
        await using var theme = await Theme.StartAsync();
        theme.App = context => Theme.Json(context, """{"id":"o","variant":"1","title":"<img src=x onerror=alert(1)>","price":4.5,"currency":"USD","url":"javascript:alert(1)","image":"javascript:alert(1)"}""");
        var page = await chromium.OpenAsync(theme);

        await Expect(page.GetByText("<img src=x onerror=alert(1)>")).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("expansion-offer img").CountAsync() + await page.Locator("expansion-offer a").CountAsync());
    }

    [Fact]
    public async Task Offer_InArabic_RunsFromRightToLeft()
    {
        await using var theme = await Theme.StartAsync("ar");
        var page = await chromium.OpenAsync(theme);

        var no = await page.GetByRole(AriaRole.Button, new() { Name = "لا، شكرًا" }).BoundingBoxAsync();
        var add = await page.GetByRole(AriaRole.Button, new() { Name = "أضف إلى السلة" }).BoundingBoxAsync();
        Assert.True(no!.X < 100 && add!.X > 320, $"dismissal at {no.X}, button at {add!.X}");
        await Chromium.PictureAsync(page, "right-to-left");
        await AssertUnmovedAsync(page, theme);
    }

    [Fact]
    public async Task Offer_OnANarrowScreen_FitsTheSpaceItWasGiven()
    {
        await using var theme = await Theme.StartAsync("de");
        var page = await chromium.OpenAsync(theme);
        await page.SetViewportSizeAsync(320, 640);
        await page.ReloadAsync();

        await Expect(Add(page)).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await Chromium.PictureAsync(page, "narrow");
        await AssertUnmovedAsync(page, theme);
    }

    private static ILocator Add(IPage page) => page.Locator("expansion-offer button.add");

    /// <summary>Nothing is left, not even its space once nobody looks; no script failed; nothing moved.</summary>
    private static async Task AssertSilentAsync(IPage page, Theme theme)
    {
        await page.EvaluateAsync("scrollTo(0, 2000)");
        await Expect(page.Locator("expansion-offer")).ToHaveAttributeAsync("empty", "");
        await Expect(page.GetByRole(AriaRole.Region)).Not.ToBeAttachedAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('expansion-offer').offsetHeight < 2"));
        Assert.Empty(theme.Told);
        await AssertUnmovedAsync(page, theme);
    }

    private static async Task AssertUnmovedAsync(IPage page, Theme theme)
    {
        await page.EvaluateAsync("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.Equal(0, await page.EvaluateAsync<double>("window.shifted"));
        Assert.Empty(theme.Errors);
    }
}
