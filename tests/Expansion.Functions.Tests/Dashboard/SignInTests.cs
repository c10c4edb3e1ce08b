using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Functions.Operations;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Dashboard;

/// <summary>Sign-in by App Service authentication, whose header these tests write as it does.</summary>
[Trait("Category", "Azurite")]
public sealed class SignInTests(AzuriteFixture azurite)
{
    private const string Key = "dashboard-key";
    private const string OtherKey = "a-servers-key";
    private const string Header = "X-MS-CLIENT-PRINCIPAL";

    [Fact]
    public async Task SignIn_OfAnAppWithoutAppServiceAuthentication_IgnoresTheHeader()
    {
        await using var host = await StartAsync(enabled: false);

        Assert.Equal((404, null), await SignInAsync(host, Principal("merchandiser")));
        Assert.Equal(401, await AskAsync(host, "ours.example", Principal("merchandiser"), key: null));
        // A key that is right opens what it always did: nobody's word is asked for.
        Assert.Equal(200, await AskAsync(host, "theirs.example", Principal("nobody"), Key));
    }

    [Fact]
    public async Task SignIn_WithAListedRole_HandsTheKeyThatOpensItsShopsOnly()
    {
        await using var host = await StartAsync();
        var merchandiser = Principal("merchandiser");

        var (status, signedIn) = await SignInAsync(host, merchandiser);

        Assert.Equal((200, Key, "ann@ours.example"), (status, (string)signedIn!["key"]!, (string)signedIn["name"]!));
        Assert.Equal(["ours.example"], signedIn["shops"]!.AsArray().Select(shop => (string)shop!));
        Assert.Equal(200, await AskAsync(host, "ours.example", merchandiser, Key));
        Assert.Equal(403, await AskAsync(host, "theirs.example", merchandiser, Key));
        Assert.Equal(200, await AskAsync(host, "theirs.example", Principal("merchandiser", "owner"), Key));
        // Of all shops only who may see all is told.
        Assert.Equal(403, await StatusAsync(host, "/api/shops", merchandiser, Key));
        Assert.Equal(200, await StatusAsync(host, "/api/shops", Principal("owner"), Key));
    }

    /// <summary>Who has kept the key, and lost the role or never had one.</summary>
    [Fact]
    public async Task Key_OfTheDashboardWithoutARoleBesideIt_OpensNothing()
    {
        await using var host = await StartAsync();

        Assert.Equal(403, await AskAsync(host, "ours.example", principal: null, Key));
        Assert.Equal(403, await AskAsync(host, "ours.example", Principal("visitor"), Key));
        Assert.Equal(401, await AskAsync(host, "ours.example", Principal("owner"), key: null));
        // A server's own key needs no role.
        Assert.Equal(200, await AskAsync(host, "ours.example", principal: null, OtherKey));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    public async Task SignIn_WithAHeaderThatNamesNoRole_Is403(string? header)
    {
        await using var host = await StartAsync();

        Assert.Equal((403, null), await SignInAsync(host, header));
        Assert.Equal((403, null), await SignInAsync(host, Principal("visitor")));
    }

    [Fact]
    public void Access_SignInWithoutKeyOrWithWrongShops_IsToldByItsName()
    {
        var problems = new AccessOptions { SignIn = { Enabled = true, Roles = { ["merchandiser"] = ["Not A Shop"] } } }.Validate(new(new object())).Select(problem => problem.ErrorMessage!).ToList();

        Assert.Equal(2, problems.Count);
        Assert.StartsWith("Access:SignIn needs Key", problems[0], StringComparison.Ordinal);
        Assert.StartsWith("Access:SignIn Roles:merchandiser needs shops", problems[1], StringComparison.Ordinal);
    }

    private static string Principal(params string[] roles) => Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["auth_typ"] = "aad",
        ["name_typ"] = "preferred_username",
        ["role_typ"] = "roles",
        ["claims"] = new JsonArray([new JsonObject { ["typ"] = "preferred_username", ["val"] = "ann@ours.example" }, .. roles.Select(role => new JsonObject { ["typ"] = "roles", ["val"] = role })]),
    }.ToJsonString()));

    private async Task<TestHost> StartAsync(bool enabled = true)
    {
        var host = await TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Settings = new Dictionary<string, string?>
            {
                ["LocalHost:Keys:Host"] = Key,
                ["LocalHost:Keys:Functions:GetShopSettings"] = OtherKey,
                ["Access:SignIn:Enabled"] = $"{enabled}",
                ["Access:SignIn:Key"] = Key,
                ["Access:SignIn:Roles:merchandiser:0"] = "ours.example",
                ["Access:SignIn:Roles:owner:0"] = "*",
            },
        });
        var shops = host.Services.GetRequiredService<IShopStore>();
        await shops.EnsureAsync(ShopId.From("ours.example"), TestContext.Current.CancellationToken);
        await shops.EnsureAsync(ShopId.From("theirs.example"), TestContext.Current.CancellationToken);
        return host;
    }

    private static async Task<(int Status, JsonNode? SignedIn)> SignInAsync(TestHost host, string? principal)
    {
        using var answer = await SendAsync(host, "/api/dashboard/sign-in", principal, null);
        return ((int)answer.StatusCode, answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null);
    }

    private static Task<int> AskAsync(TestHost host, string shop, string? principal, string? key) => StatusAsync(host, $"/api/shops/{shop}/settings", principal, key);

    private static async Task<int> StatusAsync(TestHost host, string path, string? principal, string? key)
    {
        using var answer = await SendAsync(host, path, principal, key);
        return (int)answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestHost host, string path, string? principal, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in new[] { (Header, principal), ("x-functions-key", key) }.Where(header => header.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.Client.SendAsync(request);
    }
}
