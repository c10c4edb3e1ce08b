using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Expansion.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Expansion.LocalHost;

/// <summary>Runs a function once: a new instance of its class in a scope of its own, its parameters bound by its trigger.</summary>
internal sealed partial class FunctionInvoker(IServiceScopeFactory scopes, IOptions<HostSettings> settings, ILoggerFactory loggers) : IDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly ConcurrentDictionary<MethodInfo, Shape> _shapes = new();

    /// <summary>The host's patience with functions that still run while it stops is over.</summary>
    public CancellationToken Aborted => _abort.Token;

    public void AbortAfter(TimeSpan patience) => _abort.CancelAfter(patience);

    /// <param name="bind">The value of every parameter but the token.</param>
    /// <param name="parent">The span that the run belongs under.</param>
    public async Task InvokeAsync(FunctionDescriptor function, Func<ParameterInfo, object?> bind, CancellationToken cancellationToken, ActivityContext parent = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var run = FunctionRun.Start(function.Name, function is QueueFunction ? "queue" : "timer", parent);
        await InvokeAsync(function, bind, scope.ServiceProvider, cancellationToken);
        run.Succeeded();
    }

    public async Task<object?> InvokeAsync(FunctionDescriptor function, Func<ParameterInfo, object?> bind, IServiceProvider services, CancellationToken cancellationToken)
    {
        var shape = _shapes.GetOrAdd(function.Method, static (_, shape) => new(shape.function, shape.loggers), (function, loggers));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abort.Token);
        if (settings.Value.FunctionTimeout >= TimeSpan.Zero)
        {
            ending.CancelAfter(settings.Value.FunctionTimeout);
        }
        try
        {
            var arguments = Array.ConvertAll(shape.Parameters, parameter => parameter.ParameterType == typeof(CancellationToken) ? ending.Token : bind(parameter));
            return await ResultAsync(function.Method, shape.Invoker.Invoke(shape.Create?.Invoke(services, null), arguments));
        }
        // A client that hung up, or a host that stops, is no failure of the function.
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(shape.Logger, function.Name, exception);
            throw;
        }
    }

    public void Dispose() => _abort.Dispose();

    private static async Task<object?> ResultAsync(MethodInfo method, object? returned)
    {
        // What nearly all return, without reflection.
        if (returned is Task<IResult> answer)
        {
            return await answer;
        }
        if (returned is ValueTask valueTask)
        {
            await valueTask;
            return null;
        }
        var isGeneric = method.ReturnType.IsGenericType;
        if (isGeneric && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            returned = method.ReturnType.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null);
        }
        if (returned is not Task task)
        {
            return returned;
        }
        await task;
        return isGeneric ? task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task) : null;
    }

    /// <summary>What is found out of a function by reflection, once.</summary>
    private sealed class Shape(FunctionDescriptor function, ILoggerFactory loggers)
    {
        public ILogger Logger { get; } = loggers.CreateLogger($"Function.{function.Name}");

        public ParameterInfo[] Parameters { get; } = function.Method.GetParameters();

        public MethodInvoker Invoker { get; } = MethodInvoker.Create(function.Method);

        /// <summary>Null for a static method.</summary>
        public ObjectFactory? Create { get; } = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private static partial void LogFailed(ILogger logger, string function, Exception exception);
}
