using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Expansion.Testing;

/// <summary>Another system's HTTP server, on this machine: keeps what it was sent and answers as the test says.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    public static async Task<FakeServer> StartAsync(Func<FakeRequest, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = new FakeServer(builder.Build());
        server._app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var request = new FakeRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value)), body.ToArray());
            server.Requests.Enqueue(request);
            await answer(request, context);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers one status after the other, and goes on with the last.</summary>
    public static Task<FakeServer> StartAsync(params int[] statuses)
    {
        var next = -1;
        return StartAsync((_, context) =>
        {
            context.Response.StatusCode = statuses[Math.Min(Interlocked.Increment(ref next), statuses.Length - 1)];
            return Task.CompletedTask;
        });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

public sealed record FakeRequest(string Method, string Path, IHeaderDictionary Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
