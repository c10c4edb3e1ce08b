using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Expansion.Engine;
using Expansion.Functions;
using Expansion.LocalHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;

namespace Expansion.Infra.Tests;

/// <summary>
/// The names that the code uses. Tables and containers: every service is made once on clients that write down what they are asked for.
/// Sections: the same with the configuration. Queues: the functions' attributes.
/// </summary>
internal sealed class CodeNames
{
    private readonly SortedSet<string> _tables = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _containers = new(StringComparer.Ordinal);

    private readonly RecordingConfiguration _configuration;

    private CodeNames(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Functions = FunctionCatalog.Create(FunctionCatalog.AppTypes, HostConfiguration.HostJsonAnd([])).Functions;
        _configuration = new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var services = new ServiceCollection().AddSingleton<IConfiguration>(_configuration).AddLogging().AddExpansion(_configuration);
        services.AddSingleton(Recorder<TableServiceClient, TableClient>(client => client.GetTableClient(It.IsAny<string>()), _tables));
        services.AddSingleton(Recorder<BlobServiceClient, BlobContainerClient>(client => client.GetBlobContainerClient(It.IsAny<string>()), _containers));
        using var provider = services.BuildServiceProvider();
        foreach (var type in services.Where(service => IsOurs(service.ServiceType) && !service.ServiceType.IsGenericTypeDefinition).Select(service => service.ServiceType).Distinct())
        {
            _ = provider.GetServices(type).ToList();
        }

        foreach (var function in Functions.Where(function => !function.Method.IsStatic).Select(function => function.Method.DeclaringType!).Distinct())
        {
            ActivatorUtilities.CreateInstance(provider, function);
        }

        provider.GetService<IStartupValidator>()?.Validate();
    }

    /// <exception cref="OptionsValidationException">The app wouldn't start with these settings.</exception>
    public static CodeNames Read(params IEnumerable<KeyValuePair<string, string?>> settings) => new(settings);

    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    public IEnumerable<string> Tables => _tables;

    public IEnumerable<string> Containers => _containers;

    public IEnumerable<string> Queues => Functions.OfType<QueueFunction>().Select(function => function.Queue)
        // A message that is only sent needs its queue as well.
        .Concat(typeof(IMessageQueue).Assembly.GetTypes().Select(type => type.GetField("Queue")?.GetRawConstantValue()).OfType<string>())
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>The first part of every setting that the app reads for itself. The storage account's is the platform's.</summary>
    public IEnumerable<string> Sections => _configuration.Read.Select(path => path.Split(':')[0])
        .Where(section => section is not ("AzureWebJobsStorage" or "ConnectionStrings"))
        .Distinct()
        .Order(StringComparer.Ordinal);

    public bool Reads(string setting) => _configuration.Read.Contains(setting);

    /// <summary>Paths of the functions that need no key, but for the dashboard, which people sign in to.</summary>
    public IEnumerable<string> PublicPaths => Functions.OfType<HttpFunction>()
        .Where(function => function.Level == AuthorizationLevel.Anonymous && !function.Route.StartsWith("dashboard", StringComparison.Ordinal))
        // A parameter and what follows it is any path.
        .Select(function => function.Route.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? $"/api/{function.Route[..at]}*" : $"/api/{function.Route}")
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("Expansion.", StringComparison.Ordinal)
        || type.GenericTypeArguments.Any(IsOurs);

    private static TService Recorder<TService, TClient>(System.Linq.Expressions.Expression<Func<TService, TClient>> asked, SortedSet<string> names)
        where TService : class
        where TClient : class
    {
        var service = new Mock<TService>();
        service.Setup(asked).Returns((string name) =>
        {
            names.Add(name);
            return Mock.Of<TClient>();
        });
        return service.Object;
    }
}
