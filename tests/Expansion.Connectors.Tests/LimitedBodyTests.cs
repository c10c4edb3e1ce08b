using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors.Tests;

public sealed class LimitedBodyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(100, 100)]
    [InlineData(16 * 1024, 16 * 1024)]
    [InlineData((16 * 1024) + 1, 1_000_000)]
    [InlineData(1_000_000, 1_000_000)]
    public async Task ReadBodyAsync_UpToTheLimit_IsTheWholeBody(int length, int limit)
    {
        var body = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        var read = await Request(new Chunks(body), null).ReadBodyAsync(limit, TestContext.Current.CancellationToken);

        Assert.Equal(body, read!.Value.ToArray());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16 * 1024)]
    [InlineData(1_000_000)]
    public async Task ReadBodyAsync_LongerThanItSays_ReadsOneByteOverTheLimitAndNoMore(int limit)
    {
        var body = new Chunks(new byte[limit * 2]);

        Assert.Null(await Request(body, null).ReadBodyAsync(limit, TestContext.Current.CancellationToken));
        Assert.Equal(limit + 1, body.Position);
    }

    [Fact]
    public async Task ReadBodyAsync_LengthOverTheLimit_ReadsNothing()
    {
        var body = new Chunks(new byte[101]);

        Assert.Null(await Request(body, 101).ReadBodyAsync(100, TestContext.Current.CancellationToken));
        Assert.Equal(0, body.Position);
    }

    private static HttpRequest Request(Stream body, long? length)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = body;
        request.ContentLength = length;
        return request;
    }

    /// <summary>Gives its bytes in pieces that fall on no border, as a network does.</summary>
    private sealed class Chunks(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 777 ? buffer[..777] : buffer, cancellationToken);
    }
}
