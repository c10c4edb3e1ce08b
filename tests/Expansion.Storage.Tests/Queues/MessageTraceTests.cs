using System.Diagnostics;
using System.Text;
using Expansion.Storage.Queues;

namespace Expansion.Storage.Tests.Queues;

public sealed class MessageTraceTests
{
    [Fact]
    public void Stamp_InATrace_IsReadBackByTheReceiver()
    {
        using var span = new Activity("send").Start();

        var message = MessageTrace.Stamp("""{"shop":"coffee.example"}"""u8.ToArray());

        Assert.Equal($$"""{"traceparent":"{{span.Id}}","shop":"coffee.example"}""", Encoding.UTF8.GetString(message));
        Assert.Equal((span.TraceId, span.SpanId, true), (MessageTrace.ParentOf(message).TraceId, MessageTrace.ParentOf(message).SpanId, MessageTrace.ParentOf(message).IsRemote));
        Assert.InRange(message.Length - """{"shop":"coffee.example"}""".Length, 1, MessageTrace.Bytes);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    public void Stamp_NoObjectWithProperties_StaysAsItIs(string json)
    {
        using var span = new Activity("send").Start();

        Assert.Equal(json, Encoding.UTF8.GetString(MessageTrace.Stamp(Encoding.UTF8.GetBytes(json))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""{"shop":"coffee.example"}""")]
    [InlineData("""{"traceparent":1}""")]
    [InlineData("""{"traceparent":"00-nonsense"}""")]
    [InlineData("""[{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}]""")]
    public void ParentOf_NoTrace_IsNone(string body) => Assert.Equal(default, MessageTrace.ParentOf(Encoding.UTF8.GetBytes(body)));
}
