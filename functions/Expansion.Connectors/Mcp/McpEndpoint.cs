using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Expansion.Connectors.Mcp;

/// <summary>
/// The SDK's endpoint for requests that somebody else has routed here, as the Functions host does. The SDK maps itself into a list of routes of its own, from which the one for POST is taken.
/// </summary>
public sealed class McpEndpoint(IServiceProvider services)
{
    private readonly Lazy<RequestDelegate> _post = new(() => Find(services));

    public Task HandleAsync(HttpContext context) => _post.Value(context);

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
