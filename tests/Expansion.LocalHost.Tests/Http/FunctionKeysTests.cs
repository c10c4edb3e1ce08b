using Expansion.LocalHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost.Tests.Http;

public sealed class FunctionKeysTests
{
    private static readonly FunctionKeys Keys = Create(("Master", "master-key"), ("Host", "host-key"), ("Functions:Orders", "orders-key"), ("Functions:Offers", "offers-key"));

    [Theory]
    [InlineData(AuthorizationLevel.Anonymous, null, true)]
    [InlineData(AuthorizationLevel.Anonymous, "wrong", true)]
    [InlineData(AuthorizationLevel.Function, null, false)]
    [InlineData(AuthorizationLevel.Function, "", false)]
    [InlineData(AuthorizationLevel.Function, "wrong", false)]
    [InlineData(AuthorizationLevel.Function, "orders-key", true)]
    [InlineData(AuthorizationLevel.Function, "offers-key", false)]
    [InlineData(AuthorizationLevel.Function, "host-key", true)]
    [InlineData(AuthorizationLevel.Function, "master-key", true)]
    [InlineData(AuthorizationLevel.Function, "MASTER-KEY", false)]
    [InlineData(AuthorizationLevel.Admin, null, false)]
    [InlineData(AuthorizationLevel.Admin, "orders-key", false)]
    [InlineData(AuthorizationLevel.Admin, "host-key", false)]
    [InlineData(AuthorizationLevel.Admin, "master-key", true)]
    [InlineData(AuthorizationLevel.System, "host-key", false)]
    [InlineData(AuthorizationLevel.System, "master-key", true)]
    public void Allow_KeyInTheHeaderOrTheQuery_DependsOnTheLevel(AuthorizationLevel level, string? key, bool allowed)
    {
        Assert.Equal(allowed, Keys.Allow(Request(header: key), Orders(level)));
        Assert.Equal(allowed, Keys.Allow(Request(query: key), Orders(level)));
    }

    [Theory]
    [InlineData("orders-key", "wrong", true)]
    [InlineData("wrong", "orders-key", false)]
    [InlineData("", "orders-key", false)]
    public void Allow_KeysInBoth_TheHeaderDecides(string header, string query, bool allowed) =>
        Assert.Equal(allowed, Keys.Allow(Request(header, query), Orders(AuthorizationLevel.Function)));

    [Fact]
    public void Allow_NoKeyConfigured_AllIsOpen()
    {
        var open = Create();

        Assert.False(open.AreEnforced);
        Assert.True(open.Allow(Request(), Orders(AuthorizationLevel.Admin)));
        Assert.True(open.AllowAdmin(Request()));
    }

    [Fact]
    public void AllowAdmin_KeysWithoutAMaster_IsClosed()
    {
        var keys = Create(("Host", "host-key"));

        Assert.False(keys.AllowAdmin(Request("host-key")));
        Assert.False(keys.AllowAdmin(Request()));
    }

    private static FunctionKeys Create(params (string Name, string Key)[] keys) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create($"LocalHost:Keys:{key.Name}", (string?)key.Key))).Build());

    private static HttpFunction Orders(AuthorizationLevel level)
    {
        var method = typeof(FunctionKeysTests).GetMethod(nameof(Allow_KeysInBoth_TheHeaderDecides))!;
        return new("Orders", method, method.GetParameters()[0], "orders", ["GET"], level);
    }

    private static HttpRequest Request(string? header = null, string? query = null)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
        {
            request.Headers["x-functions-key"] = header;
        }
        request.QueryString = query is null ? default : QueryString.Create("code", query);
        return request;
    }
}
