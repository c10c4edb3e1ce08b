using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>What the attributes of an HTTP function say of it.</summary>
/// <param name="Route">Below /api/.</param>
public sealed record FunctionTraits(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level)
{
    /// <summary>Every HTTP function of the app, by name.</summary>
    public static FrozenDictionary<string, FunctionTraits> All { get; } = typeof(FunctionTraits).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Select(Read)
        .OfType<FunctionTraits>()
        .ToFrozenDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public bool IsOfAllShops { get; } = Method.IsDefined(typeof(OfAllShopsAttribute));

    public bool TakesFile { get; } = Method.IsDefined(typeof(TakesFileAttribute));

    /// <summary>Called by another system, which is let in by its signature and may come often.</summary>
    public bool IsWebhook => Name.EndsWith("Webhook", StringComparison.Ordinal) || Route.StartsWith("events/from/", StringComparison.Ordinal);

    /// <summary>Called through a shop system's proxy, whose address many visitors share.</summary>
    public bool IsBehindProxy => Route.StartsWith("storefront/", StringComparison.Ordinal);

    private static FunctionTraits? Read(MethodInfo method) =>
        method.GetCustomAttribute<FunctionAttribute>() is { } function
        && method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null) is { } http
            ? new(function.Name, method, http.Route ?? function.Name, http.Methods ?? [], http.AuthLevel)
            : null;
}
