using Expansion.Engine;
using Expansion.Engine.Offers;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Storefront;

/// <summary>From the app that decides to the page that shows, and back: the widget, the proxy's signature and the functions together.</summary>
[Trait("Category", "Azurite")]
public sealed class WholeWayTests(Chromium chromium, AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Offer_OfTheApp_IsShownAndItsAnswerComesBack()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Settings = ShopifySender.Settings,
            Services = services => services.AddSingleton<IOfferCandidates, Filters>(),
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        await using var theme = await Theme.StartAsync();
        theme.App = theme.Events = context => ForwardAsync(host, context);
        var page = await chromium.OpenAsync(theme, "cart");

        await Expect(page.Locator("expansion-offer .title")).ToHaveTextAsync("Filters");
        await Expect(page.Locator("expansion-offer strong")).ToHaveTextAsync("$4.50");
        await page.Locator("expansion-offer .no").ClickAsync();

        var customers = host.Services.GetRequiredService<ICustomerStore>();
        await Eventually.TrueAsync(
            async () => (await customers.FindAsync(Shop, [new("7")], Stop))[0].Record.State.Offers.Made.SingleOrDefault() is { DismissedAt: not null },
            "the app knows of the dismissal");
        await page.ReloadAsync();
        await Eventually.TrueAsync(() => theme.Asked.Count == 2, "the second visit asks for an offer");
        await page.EvaluateAsync("scrollTo(0, 2000)");
        await Expect(page.Locator("expansion-offer")).ToHaveAttributeAsync("empty", "");
    }

    /// <summary>As Shopify passes a call on: with the customer who is logged in, signed.</summary>
    private static async Task ForwardAsync(TestHost host, HttpContext context)
    {
        var path = context.Request.Path.Value!["/apps/expansion/".Length..];
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"api/storefront/{path}{ShopifySender.Proxy(context.Request.QueryString.Value![1..], DateTimeOffset.UtcNow, "7")}");
        using var response = await host.Client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        if (response.Content.Headers.ContentType is { } type)
        {
            context.Response.ContentType = type.ToString();
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private sealed class Filters : IOfferCandidates
    {
        public Task<ProposedCandidates> FindAsync(ShopId shop, TimingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new ProposedCandidates([new Candidate(OfferKind.CrossSell, "variant:48003", 0.9, "test") { Title = "Filters", Price = new(4.5m, "USD") }], "1"));
    }
}
