using System.Security.Claims;
using Expansion.Connectors.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Mcp;

/// <summary>Answers AI agents by the Model Context Protocol: stateless Streamable HTTP, both with and without initialize. The key is the authorization.</summary>
public sealed partial class AnswerMcp(McpKeys keys, McpEndpoint endpoint, ILogger<AnswerMcp> logger)
{
    private const int MaxBytes = 1 << 20;

    [Function(nameof(AnswerMcp))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", "delete", Route = "mcp")] HttpRequest request)
    {
        if (!keys.AllowsOrigin(request))
        {
            return Results.Problem("This page's origin isn't listed under Mcp:Origins.", statusCode: StatusCodes.Status403Forbidden, title: "Forbidden");
        }

        if (keys.Find(request) is not { } client)
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthorized("Send Authorization: Bearer and a key that is listed under Mcp:Clients.");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            // No sessions and no streams of our own.
            request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        if (request.ContentLength > MaxBytes)
        {
            return Problems.TooLarge($"The body may have at most {MaxBytes} bytes.");
        }

        LogRequest(client.Name);
        request.HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, client.Name)], "Bearer"));
        await endpoint.HandleAsync(request.HttpContext);
        return Results.Empty;
    }

    [LoggerMessage(LogLevel.Information, "MCP request of {Client}")]
    private partial void LogRequest(string client);
}
