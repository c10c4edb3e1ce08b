using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Expansion.Browser.Tests.Storefront;

/// <summary>A storefront on this machine that behaves as a theme does: pages with the app's block in them, a cart by the Ajax API with sections, and the app proxy.</summary>
internal sealed class Theme : IAsyncDisposable
{
    public const string Offer = """{"id":"offer-1","variant":"704912205188288575","title":"Paper filters","price":4.5,"was":6,"currency":"USD","url":"/products/filters","image":"https://cdn.shopify.com/filters.svg"}""";

    private readonly WebApplication _app;

    private Theme(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public string Language { get; init; } = "en";

    /// <summary>Pixels of other content above the block.</summary>
    public int Above { get; init; } = 100;

    /// <summary>What the app behind the proxy answers when it is asked for an offer.</summary>
    public Func<HttpContext, Task> App { get; set; } = context => Json(context, Offer);

    /// <summary>What it answers when it is told of an event.</summary>
    public Func<HttpContext, Task> Events { get; set; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Null when it can be sold.</summary>
    public string? SoldOut { get; set; }

    /// <summary>What was asked of the app, as path and query.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Events that were told to the app, as event and offer.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    /// <summary>Lines added to the cart, as posted.</summary>
    public ConcurrentQueue<JsonNode> Added { get; } = [];

    /// <summary>Exceptions of scripts on the page.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    public static async Task<Theme> StartAsync(string language = "en", int above = 100)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var theme = new Theme(app) { Language = language, Above = above };
        app.MapGet("/products/beans", () => theme.Page("product"));
        app.MapGet("/cart", () => theme.Page("cart"));
        app.MapGet("/assets/{name}", (string name) => Results.File(OfferBlock.Asset(name), name.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/css"));
        app.MapPost("/cart/add.js", theme.AddAsync);
        app.MapGet("/apps/expansion/offer", theme.AskAsync);
        app.MapPost("/apps/expansion/events", theme.TellAsync);
        await app.StartAsync();
        return theme;
    }

    public static async Task Json(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AskAsync(HttpContext context)
    {
        Asked.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
        return App(context);
    }

    private Task TellAsync(HttpContext context)
    {
        Told.Enqueue($"{context.Request.Query["event"]} {context.Request.Query["offer"]}");
        return Events(context);
    }

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        if (SoldOut is not null)
        {
            return Results.Json(new { status = 422, message = "Cart Error", description = SoldOut }, statusCode: 422);
        }

        var posted = (await JsonNode.ParseAsync(request.Body))!;
        foreach (var item in posted["items"]!.AsArray())
        {
            Added.Enqueue(item!.DeepClone());
        }

        return Results.Text(new JsonObject { ["items"] = posted["items"]!.DeepClone(), ["sections"] = new JsonObject { ["cart-icon-bubble"] = Bubble() } }.ToJsonString(), "application/json");
    }

    private string Bubble() => $"""<div id="shopify-section-cart-icon-bubble" class="shopify-section"><a href="/cart">Cart ({Added.Count + 1})</a></div>""";

    private IResult Page(string type)
    {
        var beans = new Dictionary<string, object?> { ["id"] = 1L, ["sku"] = "BEANS \"1 kg\"" };
        var cart = new Dictionary<string, object?>
        {
            ["items"] = new object[] { new Dictionary<string, object?> { ["sku"] = "GRINDER, red", ["variant_id"] = 7L }, new Dictionary<string, object?> { ["sku"] = "", ["variant_id"] = 48002L } },
            ["total_price"] = 8000,
            ["currency"] = new Dictionary<string, object?> { ["iso_code"] = "USD" },
        };
        var product = type == "product" ? new Dictionary<string, object?> { ["selected_or_first_available_variant"] = beans } : null;
        return Results.Text(
            $$"""
            <!doctype html>
            <html lang="{{Language}}" dir="{{(Language == "ar" ? "rtl" : "ltr")}}">
            <head>
              <meta charset="utf-8"><title>Beans</title><link rel="stylesheet" href="/assets/expansion-offer.css">
              <style>body { font: 16px sans-serif; margin: 1rem; }</style>
              <script>window.Shopify = { routes: { root: '/' } };</script>
              <script src="/assets/expansion-offer.js" defer></script>
            </head>
            <body>
              {{Bubble()}}
              <h1>House beans</h1>
              <div style="height: {{Above}}px">…</div>
              {{OfferBlock.Render(Language, type, product, cart)}}
              <p id="after">What comes after</p>
              <div style="height: 3000px"></div>
            </body>
            </html>
            """,
            "text/html; charset=utf-8");
    }
}
