using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost;

/// <summary>Every function of the app, found by its attributes, in the order of their names.</summary>
public sealed partial class FunctionCatalog
{
    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> functions) => Functions = functions;

    /// <summary>The types that hold the app's functions: they are compiled into this assembly.</summary>
    public static IEnumerable<Type> AppTypes => typeof(FunctionCatalog).Assembly.GetTypes();

    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    /// <exception cref="InvalidOperationException">A function is declared in a way that the Functions host refuses, or names a setting that is missing.</exception>
    public static FunctionCatalog Create(IEnumerable<Type> types, IConfiguration configuration)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Method: method, Function: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Function is not null)
            .Select(found => Describe(found.Function!.Name, found.Method, configuration))
            .OrderBy(function => function.Name, StringComparer.Ordinal)
            .ToList();
        return functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"Two functions are named {twice.Key}.")
            : new(functions);
    }

    public FunctionDescriptor? Find(string name) => Functions.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));

    private static FunctionDescriptor Describe(string name, MethodInfo method, IConfiguration configuration)
    {
        var described = method.GetParameters()
            .SelectMany(parameter => parameter.GetCustomAttributes().Select(attribute => Describe(name, method, parameter, attribute, configuration)))
            .OfType<FunctionDescriptor>()
            .ToList();
        return described.Count == 1
            ? described[0] with { IsDisabled = IsDisabled(name, configuration) }
            : throw new InvalidOperationException($"The function {name} has {described.Count} triggers and needs one.");
    }

    private static FunctionDescriptor? Describe(string name, MethodInfo method, ParameterInfo parameter, Attribute attribute, IConfiguration configuration) => attribute switch
    {
        HttpTriggerAttribute http => new HttpFunction(
            name, method, parameter, (http.Route ?? name).TrimStart('/'), [.. http.Methods.Select(verb => verb.ToUpperInvariant()).Order(StringComparer.Ordinal)], http.AuthLevel),
        QueueTriggerAttribute queue => new QueueFunction(name, method, parameter, FillIn(queue.QueueName, name, configuration), queue.Connection ?? "AzureWebJobsStorage"),
        TimerTriggerAttribute timer => new TimerFunction(name, method, parameter, FillIn(timer.Schedule, name, configuration), timer.RunOnStartup, timer.UseMonitor),
        _ => null,
    };

    private static bool IsDisabled(string name, IConfiguration configuration) =>
        (configuration[$"AzureWebJobs.{name}.Disabled"] ?? configuration[$"AzureWebJobs:{name}:Disabled"]) is { } disabled
        && (disabled == "1" || (bool.TryParse(disabled, out var isDisabled) && isDisabled));

    private static string FillIn(string text, string function, IConfiguration configuration) => Setting().Replace(text, match =>
        configuration[match.Groups[1].Value] ?? throw new InvalidOperationException($"The function {function} needs the setting {match.Groups[1].Value}, which is not set."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
