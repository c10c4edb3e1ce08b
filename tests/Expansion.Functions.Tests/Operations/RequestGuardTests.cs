using System.Text;
using Expansion.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Tests.Operations;

public sealed class RequestGuardTests
{
    [Fact]
    public async Task Refuse_MoreOfAVisitorThanAMinuteAllows_Is429AndSaysWhen()
    {
        using var guard = Guard(new() { VisitorPerMinute = 3 });

        Assert.Equal([0, 0, 0, 429], await AskAsync(4, guard, "GetHealth", "192.0.2.1:5000"));
        Assert.Equal([0], await AskAsync(1, guard, "GetHealth", "192.0.2.2:5000"));
        var refused = Request("192.0.2.1:6000");
        Assert.Equal(429, Status(await guard.RefuseAsync(refused, "GetHealth")));
        Assert.InRange(int.Parse(refused.Response.Headers.RetryAfter.ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task Refuse_AddressThatAVisitorInvents_DoesNotCount()
    {
        using var guard = Guard(new() { VisitorPerMinute = 1 });

        Assert.Null(await guard.RefuseAsync(Request("10.0.0.1, 192.0.2.1:5000"), "GetHealth"));
        Assert.Equal(429, Status(await guard.RefuseAsync(Request("10.0.0.2, 192.0.2.1:5001"), "GetHealth")));
    }

    [Fact]
    public async Task Refuse_MoreWithAKeyThanAMinuteAllows_Is429ForThatKeyOnly()
    {
        using var guard = Guard(new() { KeyPerMinute = 2 });

        Assert.Equal([0, 0, 429], await AskAsync(3, guard, "GetRecommendations", "192.0.2.1:5000", "one"));
        Assert.Equal([0], await AskAsync(1, guard, "GetRecommendations", "192.0.2.1:5000", "other"));
    }

    [Fact]
    public async Task Refuse_Webhooks_CountLikeAKeyAndNotLikeAVisitor()
    {
        using var guard = Guard(new() { VisitorPerMinute = 1, KeyPerMinute = 2 });

        Assert.Equal([0, 0, 429], await AskAsync(3, guard, "ShopifyWebhook", "192.0.2.1:5000"));
    }

    [Fact]
    public async Task Refuse_VisitorsBehindAProxy_CountEachAndTogether()
    {
        using var guard = Guard(new() { VisitorPerMinute = 1, KeyPerMinute = 3 });

        Assert.Equal([0, 429], await AskAsync(2, guard, "GetStorefrontOffer", "198.51.100.1, 192.0.2.1:5000"));
        Assert.Equal([0], await AskAsync(1, guard, "GetStorefrontOffer", "198.51.100.2, 192.0.2.1:5000"));
        Assert.Equal([429], await AskAsync(1, guard, "GetStorefrontOffer", "198.51.100.3, 192.0.2.1:5000"));
    }

    [Theory]
    [InlineData("PutPlans", 1024, 0)]
    [InlineData("PutPlans", 1025, 413)]
    [InlineData("StartImport", 1025, 0)]
    public async Task Refuse_LargeBody_Is413UnlessTheFunctionTakesFiles(string function, int bytes, int expected)
    {
        using var guard = Guard(new() { MaxBodyBytes = 1024 });
        var request = Request("192.0.2.1:5000");
        request.Request.ContentLength = bytes;

        Assert.Equal(expected, Status(await guard.RefuseAsync(request, function)));
    }

    [Fact]
    public async Task Refuse_BodyThatWasReadForItsShop_CanBeReadAgain()
    {
        var access = new AccessOptions { Keys = { ["ours"] = new() { Sha256 = "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683", Shops = { "ours.example" } } } };
        using var guard = Guard(new(), access);
        var hidden = Request("192.0.2.1:5000", "key");
        hidden.Request.QueryString = new("?shop=ours.example");
        hidden.Request.Body = new MemoryStream([.. "{\""u8, 0xFF, .. "\":1,\"shop\":\"theirs.example\"}"u8]);
        Assert.Equal(403, Status(await guard.RefuseAsync(hidden, "NextOffer")));
        var request = Request("192.0.2.1:5000", "key");
        request.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes("""{"shop":"ours.example"}"""));

        Assert.Equal(403, Status(await guard.RefuseAsync(Request("192.0.2.1:5000", "other"), "NextOffer")));
        Assert.Equal(0, Status(await guard.RefuseAsync(request, "NextOffer")));
        using var reader = new StreamReader(request.Request.Body);
        Assert.Equal("""{"shop":"ours.example"}""", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("abc", "ours.example", "needs Sha256")]
    [InlineData("2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683", "Not A Shop", "needs Shops")]
    public void Access_WrongSetting_IsToldByItsName(string hash, string shop, string expected)
    {
        var problem = Assert.Single(new AccessOptions { Keys = { ["ours"] = new() { Sha256 = hash, Shops = { shop } } } }.Validate(new(new object())));

        Assert.StartsWith($"Access:Keys:ours {expected}", problem.ErrorMessage, StringComparison.Ordinal);
    }

    private static RequestGuard Guard(RequestOptions options, AccessOptions? access = null) => new(Options.Create(options), Options.Create(access ?? new()));

    private static async Task<IReadOnlyList<int>> AskAsync(int times, RequestGuard guard, string function, string address, string? key = null)
    {
        var answers = new List<int>();
        for (var time = 0; time < times; time++)
        {
            answers.Add(Status(await guard.RefuseAsync(Request(address, key), function)));
        }

        return answers;
    }

    private static DefaultHttpContext Request(string forwardedFor, string? key = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Forwarded-For"] = forwardedFor;
        if (key is not null)
        {
            context.Request.Headers["x-functions-key"] = key;
        }

        return context;
    }

    private static int Status(IResult? refusal) => (refusal as IStatusCodeHttpResult)?.StatusCode ?? 0;
}
