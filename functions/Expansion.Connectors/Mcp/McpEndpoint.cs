using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Expansion.Connectors.Mcp;

/// <summary>
/// The SDK's endpoint for requests that somebody else has routed here, as the Functions host does. The SDK maps itself into a list of routes of its own, from which the one for POST is taken.
/// </summary>
public sealed class McpEndpoint(IServiceProvider services)
{
    /// <summary>JSON-RPC 2.0, section 5.1.</summary>
    private const int InvalidRequest = -32600;

    /// <summary>The source of what System.Text.Json throws about the text that it reads; an InvalidOperationException of anybody else is no fault of the request.</summary>
    private const string JsonLibrary = "System.Text.Json";

    /// <summary>With the id, which is null when it can't be told.</summary>
    private static readonly JsonSerializerOptions Answer = new(JsonSerializerDefaults.Web);

    private readonly Lazy<RequestDelegate> _post = new(() => Find(services));

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await _post.Value(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && (exception is JsonException or ArgumentException || (exception is InvalidOperationException && exception.Source?.StartsWith(JsonLibrary, StringComparison.Ordinal) == true)))
        {
            // The SDK reads some of a request outside its own guard: text that isn't UTF-8, half a surrogate pair, an initialize that lacks something, a property that is there twice.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { Jsonrpc = "2.0", Id = (string?)null, Error = new { Code = InvalidRequest, Message = "The request isn't one of the protocol: it lacks something, has something twice, or isn't JSON in UTF-8." } }, Answer, context.RequestAborted);
        }
    }

    private static RequestDelegate Find(IServiceProvider services)
    {
        var routes = new Routes(services);
        routes.MapMcp();
        return routes.DataSources.SelectMany(source => source.Endpoints)
            .First(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Post) == true)
            .RequestDelegate!;
    }

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}
