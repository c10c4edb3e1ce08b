using Expansion.Engine;
using Expansion.Engine.Shops;
using Expansion.Functions;
using Expansion.LocalHost;
using Expansion.LocalHost.Azurite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Expansion.Cli;

/// <summary>The app as a verb uses it: the configuration, storage that runs, and the services of AddExpansion.</summary>
internal sealed class CliApp : IAsyncDisposable
{
    private readonly AzuriteProcess? _azurite;
    private readonly ServiceProvider _services;

    private CliApp(AzuriteProcess? azurite, IConfiguration configuration)
    {
        _azurite = azurite;
        Configuration = configuration;
        _services = new ServiceCollection()
            .AddSingleton(configuration)
            .AddSingleton<IHostApplicationLifetime, ApplicationLifetime>()
            .AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("ModelContextProtocol", LogLevel.None))
            .Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddExpansion(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    public IConfiguration Configuration { get; }

    public static async Task<CliApp> StartAsync(CancellationToken cancellationToken)
    {
        var configuration = HostConfiguration.Load();
        var azurite = await DevelopmentStorage.EnsureAsync(configuration["AzureWebJobsStorage"] ?? "UseDevelopmentStorage=true", cancellationToken: cancellationToken);
        return new(azurite, configuration);
    }

    /// <summary>For a verb that keeps and asks for nothing: no emulator is started.</summary>
    public static CliApp WithoutStorage() => new(null, HostConfiguration.Load());

    /// <summary>On storage that somebody else keeps running.</summary>
    public static CliApp On(string storage) => new(null, HostConfiguration.Load([new("AzureWebJobsStorage", storage)]));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Whether there is such a shop; says so on standard error when not, and doesn't add it.</summary>
    public async Task<bool> KnowsAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var known = await Get<IShopStore>().FindAsync(shop, cancellationToken) is not null;
        if (!known)
        {
            await Console.Error.WriteLineAsync($"There is no shop '{shop}': import its orders with `import --shop {shop} FILE`.");
        }

        return known;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
