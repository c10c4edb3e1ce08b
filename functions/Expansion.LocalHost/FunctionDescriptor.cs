using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.LocalHost;

/// <summary>One function as its attributes declare it, with settings in its names and schedules filled in.</summary>
/// <param name="Parameter">The parameter that bears the trigger's attribute.</param>
public abstract record FunctionDescriptor(string Name, MethodInfo Method, ParameterInfo Parameter)
{
    /// <summary>Switched off by the setting AzureWebJobs.NAME.Disabled: nothing starts it but an admin.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The host's word for it: httpTrigger, queueTrigger or timerTrigger.</summary>
    public abstract string Trigger { get; }
}

/// <param name="Route">Below the route prefix, without a leading slash.</param>
/// <param name="Methods">In upper case and sorted. Empty: every method.</param>
public sealed record HttpFunction(string Name, MethodInfo Method, ParameterInfo Parameter, string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level)
    : FunctionDescriptor(Name, Method, Parameter)
{
    public override string Trigger => "httpTrigger";
}

/// <param name="Connection">The setting that holds the connection string of the queue's account.</param>
public sealed record QueueFunction(string Name, MethodInfo Method, ParameterInfo Parameter, string Queue, string Connection)
    : FunctionDescriptor(Name, Method, Parameter)
{
    public override string Trigger => "queueTrigger";
}

/// <param name="Schedule">An NCRONTAB expression of six fields (five leave out the seconds), in UTC.</param>
/// <param name="UseMonitor">Whether the last and next run are kept in storage, so that a run missed while no host ran is made up for.</param>
public sealed record TimerFunction(string Name, MethodInfo Method, ParameterInfo Parameter, string Schedule, bool RunOnStartup, bool UseMonitor)
    : FunctionDescriptor(Name, Method, Parameter)
{
    public override string Trigger => "timerTrigger";
}
