using Expansion.LocalHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expansion.Testing;

public sealed record TestHostOptions
{
    /// <summary>The types that hold the functions. By default the app's.</summary>
    public IEnumerable<Type> Functions { get; init; } = FunctionCatalog.AppTypes;

    /// <summary>Settings by their configuration names, over those of host.json. Nothing of this machine's is read.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Replaces what the test needs to.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The app's clock, and the timers'. Queues keep storage's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a stopping host lets functions run before it cancels them.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>The app, or some functions of a test's own, on a free port and one storage account.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestHost(WebApplication app, TestLog log) => (_app, Log) = (app, log);

    public HttpClient Client { get; } = new();

    public IServiceProvider Services => _app.Services;

    /// <summary>What the host has logged as a warning or worse.</summary>
    public TestLog Log { get; }

    /// <param name="storage">From <see cref="AzuriteFixture.NewAccount"/>.</param>
    public static async Task<TestHost> StartAsync(string storage, TestHostOptions? options = null)
    {
        options ??= new();
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage,
            // Soon enough for a test that waits, and seldom enough for many hosts on one Azurite.
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.250",
            ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:00",
        };
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }
        var log = new TestLog();
        var app = FunctionHost.Build(
            new()
            {
                Port = 0,
                Functions = options.Functions,
                Drain = options.Drain,
                Logging = logging => logging.AddProvider(log),
                Services = services =>
                {
                    services.AddSingleton(options.Time);
                    options.Services?.Invoke(services);
                },
            },
            HostConfiguration.HostJsonAnd(settings));
        var host = new TestHost(app, log);
        try
        {
            await app.StartAsync();
            host.Client.BaseAddress = new Uri(app.Urls.Single());
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops as on a signal: what runs may end.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Client.Dispose();
    }
}
