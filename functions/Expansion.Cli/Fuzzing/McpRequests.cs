using Expansion.Connectors.Mcp;
using Microsoft.AspNetCore.Http;

namespace Expansion.Cli.Fuzzing;

/// <summary>What AI agents send. It is answered for a client that nobody knows, whose calls of tools end before storage.</summary>
internal static class McpRequests
{
    public static IReadOnlyList<string> All { get; } =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{"listChanged":true}},"clientInfo":{"name":"agent","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":"a","method":"tools/list","params":{"cursor":"x"}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"recommend","arguments":{"shop":"coffee.example","products":["beans"],"limit":3},"_meta":{"progressToken":1}}}""",
        """{"jsonrpc":"2.0","id":3,"method":"ping"}""",
        """{"jsonrpc":"2.0","id":4,"result":{"roots":[]}}""",
    ];

    public static void Answer(CliApp app, byte[] body)
    {
        var context = new DefaultHttpContext { RequestServices = app.Get<IServiceProvider>() };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/json";
        context.Request.Headers.Accept = "application/json, text/event-stream";
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = Stream.Null;
        app.Get<McpEndpoint>().HandleAsync(context).GetAwaiter().GetResult();
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            throw new InvalidOperationException($"Answered with {context.Response.StatusCode}.");
        }
    }
}
