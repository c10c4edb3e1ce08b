using System.Net;
using Expansion.Connectors.Webhooks;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Webhooks;

public sealed class GuardedSocketsTests
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:93.184.215.14", true)]
    [InlineData("::7f00:1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:a9fe:a9fe::1", false)]
    [InlineData("2001:0:a9fe:a9fe::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false)]
    public void IsPublic_EveryKind_IsAsRegistered(string address, bool expected) => Assert.Equal(expected, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("93.184.215.14", "10.0.0.1")]
    [InlineData]
    public async Task Handler_NameThatLeadsInside_DoesNotConnect(params string[] addresses)
    {
        await using var server = await FakeServer.StartAsync(200);
        using var client = Client(new((_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())), guarded: true);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://shop.example:{server.Address.Port}/"), TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    public async Task Handler_PrivateAddressInTheUrl_DoesNotConnect(string url)
    {
        await using var server = await FakeServer.StartAsync(200);
        using var client = Client(new(), guarded: true);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(string.Format(null, url, server.Address.Port)), TestContext.Current.CancellationToken));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Handler_NameThatChanges_ConnectsToTheAddressThatWasLookedUpOnce()
    {
        await using var server = await FakeServer.StartAsync(302);
        var lookups = 0;
        using var client = Client(new((_, _) => Task.FromResult(new[] { lookups++ == 0 ? IPAddress.Loopback : IPAddress.None })), guarded: false);

        using var answer = await client.GetAsync(new Uri($"http://shop.example:{server.Address.Port}/"), TestContext.Current.CancellationToken);

        // And a redirect isn't followed.
        Assert.Equal((302, 1), ((int)answer.StatusCode, lookups));
    }

    private static HttpClient Client(GuardedSockets sockets, bool guarded) => new(sockets.Handler(guarded));
}
