using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost;

public sealed record LocalHostOptions
{
    /// <summary>The address to listen on.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on. 0 takes a free one.</summary>
    public int Port { get; init; } = 7071;

    /// <summary>How long a stopping host lets functions run before it cancels them.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The types that hold the functions. By default the app's.</summary>
    public IEnumerable<Type> Functions { get; init; } = FunctionCatalog.AppTypes;

    /// <summary>Applied after the app's own services: a test replaces what it needs to.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Where the log goes. By default to standard error.</summary>
    public Action<ILoggingBuilder> Logging { get; init; } = logging => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
