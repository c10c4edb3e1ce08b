using System.ComponentModel;
using System.Reflection;
using Expansion.Functions.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Expansion.LocalHost.Http;

/// <summary>Serves the HTTP functions: a key that is asked for, then the function, then its answer. What it throws is a 500 without a body.</summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, FunctionKeys keys, FunctionInvoker invoker, RequestGuard guard, IOptions<HttpSettings> settings)
{
    /// <summary>A function's route with the prefix.</summary>
    public static string Pattern(HttpSettings settings, string route) => $"/{settings.RoutePrefix.Trim('/')}/{route}".Replace("//", "/", StringComparison.Ordinal);

    public void Map(WebApplication app)
    {
        app.UseRouting();
        // The Functions host knows no 405, which routing answers by an endpoint that has no route.
        app.Use((context, next) => context.GetEndpoint() is RouteEndpoint ? next(context) : NotFound(context));
        foreach (var function in catalog.Functions.OfType<HttpFunction>().Where(function => !function.IsDisabled))
        {
            var pattern = Pattern(settings.Value, function.Route);
            RequestDelegate handle = context => HandleAsync(function, context);
            _ = function.Methods.Count == 0 ? app.Map(pattern, handle) : app.MapMethods(pattern, function.Methods, handle);
        }
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task HandleAsync(HttpFunction function, HttpContext context)
    {
        if (!keys.Allow(context.Request, function))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        using var run = FunctionRun.Start(function.Name, "http");
        try
        {
            var result = await guard.RefuseAsync(context, function.Name)
                ?? await invoker.InvokeAsync(function, parameter => Bind(function, parameter, context), context.RequestServices, context.RequestAborted);
            await AnswerAsync(result, context);
            run.Answered(context.Response.StatusCode);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            // Kestrel throws at a body that is over the limit or broken, and knows the status.
            context.Response.StatusCode = exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            run.Answered(context.Response.StatusCode);
        }
        catch (Exception)
        {
            // Half an answer is out: only a broken connection still tells the caller.
            context.Abort();
        }
    }

    private static Task AnswerAsync(object? result, HttpContext context) => result switch
    {
        IResult answer => answer.ExecuteAsync(context),
        IActionResult answer => answer.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor())),
        // Whatever else is returned stays unsaid: the Functions host answers 200 without a body.
        _ => Task.CompletedTask,
    };

    private static object? Bind(HttpFunction function, ParameterInfo parameter, HttpContext context)
    {
        if (parameter == function.Parameter)
        {
            return context.Request;
        }
        var value = context.Request.RouteValues.GetValueOrDefault(parameter.Name!) as string;
        return value is null || parameter.ParameterType == typeof(string)
            ? value ?? (parameter.HasDefaultValue ? parameter.DefaultValue : null)
            : TypeDescriptor.GetConverter(parameter.ParameterType).ConvertFromInvariantString(value);
    }
}
