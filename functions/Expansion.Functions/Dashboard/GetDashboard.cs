using Expansion.Dashboard;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Dashboard;

/// <summary>The web page. It holds no data: what it shows it asks of the other functions, with the key of who looks.</summary>
public sealed class GetDashboard
{
    // Nothing is loaded from elsewhere, nothing inline is run, and no other page may frame it.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The storefront widget as a visitor would see it, in a frame of the dashboard: it asks nobody for anything.
    private const string Widget = "widget.html";
    private const string WidgetPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    [Function(nameof(GetDashboard))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/{*path}")] HttpRequest request, string? path)
    {
        if (DashboardPages.Find(string.IsNullOrEmpty(path) ? DashboardPages.Index : path) is not { } page)
        {
            return string.IsNullOrEmpty(path)
                ? Problems.NotFound("This app was built without its dashboard: build it again where npm can be found.")
                : Results.NotFound();
        }

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = page.Path == Widget ? WidgetPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = page.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ETag = page.ETag;
        headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch == page.ETag)
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var gzip = request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (gzip)
        {
            headers.ContentEncoding = "gzip";
        }

        return Results.Bytes(gzip ? page.Gzipped : page.Content, page.ContentType);
    }
}
