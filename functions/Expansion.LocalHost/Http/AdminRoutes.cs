using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Expansion.LocalHost.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.LocalHost.Http;

/// <summary>The Functions host's management routes, for the master key: what there is, and any function but an HTTP one started now.</summary>
internal sealed class AdminRoutes(FunctionCatalog catalog, FunctionKeys keys, FunctionInvoker invoker, Listeners listeners, IOptions<HttpSettings> http)
{
    public void Map(WebApplication app)
    {
        app.MapGet("/", () => "Expansion's development and test host is running. It is not for production.");
        var admin = app.MapGroup("/admin").AddEndpointFilter(async (call, next) =>
            keys.AllowAdmin(call.HttpContext.Request) ? await next(call) : Results.StatusCode(StatusCodes.Status401Unauthorized));
        admin.MapGet("/host/status", () => Results.Ok(new { State = "Running", Host = "Expansion development and test host", Functions = catalog.Functions.Count }));
        admin.MapGet("/functions", () => Results.Ok(catalog.Functions.Select(Describe)));
        admin.MapPost("/functions/{name}", (string name, HttpRequest request) => StartAsync(name, request));
    }

    private object Describe(FunctionDescriptor function) => new
    {
        function.Name,
        function.Trigger,
        function.IsDisabled,
        Route = function is HttpFunction { Route: var route } ? HttpFunctions.Pattern(http.Value, route) : null,
        (function as HttpFunction)?.Methods,
        AuthLevel = (function as HttpFunction)?.Level,
        (function as QueueFunction)?.Queue,
        (function as TimerFunction)?.Schedule,
    };

    private async Task<IResult> StartAsync(string name, HttpRequest request)
    {
        if (catalog.Find(name) is not { } function)
        {
            return Results.NotFound();
        }
        if (await InputAsync(request) is not { } input)
        {
            return Results.Problem("The body has to be JSON such as {\"input\":\"\"}.", statusCode: StatusCodes.Status400BadRequest);
        }
        // A queue function gets it like the Functions host's: without an id, and received 0 times.
        var message = QueuesModelFactory.QueueMessage(null, null, BinaryData.FromString(input), 0);
        Func<ParameterInfo, object?>? bind = function switch
        {
            QueueFunction queue => parameter => QueueBody.Bind(queue, parameter, message),
            TimerFunction timer => parameter => parameter == timer.Parameter ? new TimerInfo() : null,
            _ => null,
        };
        if (bind is null)
        {
            return Results.Problem($"{function.Name} is an HTTP function: call its route.", statusCode: StatusCodes.Status400BadRequest);
        }
        listeners.Track(Task.Run(() => RunAsync(function, bind)));
        return Results.Accepted();
    }

    private async Task RunAsync(FunctionDescriptor function, Func<ParameterInfo, object?> bind)
    {
        try
        {
            await invoker.InvokeAsync(function, bind, CancellationToken.None);
        }
        catch (Exception)
        {
            // The invoker has logged it, and the caller was answered long ago.
        }
    }

    private static async Task<string?> InputAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body);
            return body.RootElement.ValueKind == JsonValueKind.Object
                ? body.RootElement.TryGetProperty("input", out var input) && input.ValueKind == JsonValueKind.String ? input.GetString() : ""
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
