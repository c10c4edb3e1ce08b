using System.Text;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expansion.Browser.Tests.Dashboard;

/// <summary>Behind App Service authentication, whose header the test's browser sends in its place.</summary>
[Trait("Category", "Azurite")]
public sealed class SignInTests(Chromium chromium, AzuriteFixture azurite)
{
    private const string Key = "the-dashboards-function-key";

    [Fact]
    public async Task Dashboard_OfWhoIsSignedInByEntra_AsksForNoKeyAndShowsTheirShops()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["LocalHost:Keys:Host"] = Key,
                ["Access:SignIn:Enabled"] = "true",
                ["Access:SignIn:Key"] = Key,
                ["Access:SignIn:Roles:merchandiser:0"] = "ours.example",
            },
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(ShopId.From("ours.example"), TestContext.Current.CancellationToken);
        const string principal = """{"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"name","val":"Ann"},{"typ":"roles","val":"merchandiser"}]}""";
        var page = await chromium.OpenDashboardAsync(
            $"{host.Client.BaseAddress}".TrimEnd('/'), "", new() { ExtraHTTPHeaders = [new("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)))] }, shop: "");

        await page.GetByRole(AriaRole.Link, new() { Name = "ours.example" }).ClickAsync();
        await Expect(page.GetByText("Nothing has been learned of this shop yet.").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Ann");
        await Expect(page.GetByLabel("Function key")).ToHaveCountAsync(0);
        Assert.DoesNotContain(Key, await page.EvaluateAsync<string>("location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"), StringComparison.Ordinal);

        await page.GotoAsync($"{host.Client.BaseAddress}api/dashboard#/theirs.example/offers");
        await Expect(page.GetByText("This key isn't for that shop.").First).ToBeVisibleAsync();
    }
}
