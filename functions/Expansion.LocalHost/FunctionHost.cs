using System.Net;
using Expansion.Engine;
using Expansion.Functions;
using Expansion.LocalHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expansion.LocalHost;

/// <summary>The app on this machine: Kestrel, queue pumps and timers around the functions that Azure's host would start. For development and tests.</summary>
public static partial class FunctionHost
{
    /// <summary>The Functions host's limit of a request's body.</summary>
    private const long MaxBodyBytes = 104_857_600;

    /// <summary>What a stopping host grants functions, once cancelled, to end.</summary>
    private static readonly TimeSpan AfterCancellation = TimeSpan.FromSeconds(5);

    /// <summary>Composes the host. Start it, or run it until a signal comes; it stops gracefully and is the caller's to dispose.</summary>
    /// <param name="configuration">See <see cref="HostConfiguration"/>.</param>
    /// <exception cref="InvalidOperationException">A function is declared wrongly, or a setting that it names is missing.</exception>
    public static WebApplication Build(LocalHostOptions options, IConfiguration configuration)
    {
        // Empty: settings come from where the Functions host has them, and from nowhere else.
        var builder = WebApplication.CreateEmptyBuilder(new() { EnvironmentName = Environments.Development, ApplicationName = typeof(FunctionHost).Assembly.GetName().Name });
        // Copied, since a chained configuration takes an empty value for none, and an empty route prefix is one.
        builder.Configuration.AddInMemoryCollection(configuration.AsEnumerable().Where(setting => setting.Value is not null));
        builder.Logging.AddConfiguration(configuration.GetSection($"{HostSettings.Section}:logging"));
        // A line for every step of every request is more than anybody reads.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        options.Logging(builder.Logging);
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateScopes, provider.ValidateOnBuild) = (true, true));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        builder.Services.AddExpansion(builder.Configuration);
        AddHost(builder.Services, options);
        if (configuration.GetValue<bool>(SpanWriter.Setting))
        {
            builder.Services.AddHostedService<SpanWriter>();
        }

        options.Services?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<HttpFunctions>().Map(app);
        app.Services.GetRequiredService<AdminRoutes>().Map(app);
        LogAnnouncement(app.Logger, app.Services.GetRequiredService<FunctionCatalog>().Functions.Count);
        return app;
    }

    private static void AddHost(IServiceCollection services, LocalHostOptions options)
    {
        services.AddRouting();
        services.AddProblemDetails();
        // One JSON convention for every answer, whichever of the two ways a function gives it.
        services.ConfigureHttpJsonOptions(json => ExpansionJson.Apply(json.SerializerOptions));
        services.AddMvcCore().AddJsonOptions(json => ExpansionJson.Apply(json.JsonSerializerOptions));
        services.Configure<HostOptions>(host =>
        {
            host.ServicesStopConcurrently = true;
            host.ShutdownTimeout = options.Drain + AfterCancellation;
        });
        services.AddOptions<HostSettings>().BindConfiguration(HostSettings.Section);
        services.AddOptions<HttpSettings>().BindConfiguration(HttpSettings.Section);
        services.AddOptions<QueueSettings>().BindConfiguration(QueueSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(options);
        services.AddSingleton(provider => FunctionCatalog.Create(options.Functions, provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<HostStorage>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<FunctionKeys>();
        services.AddSingleton<HttpFunctions>();
        services.AddSingleton<AdminRoutes>();
        services.AddSingleton<Listeners>().AddHostedService(provider => provider.GetRequiredService<Listeners>());
    }

    [LoggerMessage(LogLevel.Information, "This is Expansion's development and test host, with {Functions} functions. It is not for production: Azure runs the functions there.")]
    private static partial void LogAnnouncement(ILogger logger, int functions);
}
