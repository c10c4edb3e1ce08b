using System.Text;
using Expansion.Functions.Operations;
using Expansion.Storage.Queues;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Expansion.Functions.Worker;

/// <summary>Around every run in Azure, what the development host has around its runs: spans, metrics, and the guard of HTTP functions.</summary>
internal sealed class FunctionMiddleware(RequestGuard guard) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var name = context.FunctionDefinition.Name;
        if (context.GetHttpContext() is { } http)
        {
            using var request = FunctionRun.Start(name, "http");
            await AnswerAsync(context, http, next);
            request.Answered(context.GetInvocationResult().Value is IStatusCodeHttpResult { StatusCode: { } status } ? status : http.Response.StatusCode);
            return;
        }

        var body = context.BindingContext.BindingData.TryGetValue("QueueTrigger", out var message) ? message as string : null;
        using var run = body is null ? FunctionRun.Start(name, "timer") : FunctionRun.Start(name, "queue", MessageTrace.ParentOf(Encoding.UTF8.GetBytes(body)));
        await next(context);
        run.Succeeded();
    }

    private async Task AnswerAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        if (await guard.RefuseAsync(http, context.FunctionDefinition.Name) is { } refusal)
        {
            context.GetInvocationResult().Value = refusal;
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception)
        {
            // Kestrel throws at a body that is over the limit or broken, and knows the status.
            context.GetInvocationResult().Value = Results.StatusCode(exception.StatusCode);
        }
    }
}
