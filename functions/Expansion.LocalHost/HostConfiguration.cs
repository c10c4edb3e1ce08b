using Microsoft.Extensions.Configuration;

namespace Expansion.LocalHost;

/// <summary>
/// The app's settings where Core Tools takes them from. Later ones win: host.json (as AzureFunctionsJobHost:…), the Values and ConnectionStrings of
/// local.settings.json, the environment (where A__B is A:B), and what the caller adds.
/// </summary>
public static class HostConfiguration
{
    public static IConfigurationRoot Load(IEnumerable<KeyValuePair<string, string?>>? settings = null) =>
        Load(RepositoryRoot.Find(), builder => builder.AddEnvironmentVariables(), settings);

    /// <summary>The same without this machine's own settings: host.json, and what the caller says.</summary>
    public static IConfigurationRoot HostJsonAnd(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(HostJson(AppContext.BaseDirectory)).AddInMemoryCollection(settings).Build();

    internal static IConfigurationRoot Load(string folder, Action<IConfigurationBuilder> environment, IEnumerable<KeyValuePair<string, string?>>? settings)
    {
        var builder = new ConfigurationBuilder()
            .AddInMemoryCollection(HostJson(AppContext.BaseDirectory))
            .AddInMemoryCollection(LocalSettings(Path.Combine(folder, "local.settings.json")));
        environment(builder);
        return builder.AddInMemoryCollection(settings ?? []).Build();
    }

    private static IEnumerable<KeyValuePair<string, string?>> HostJson(string folder) =>
        Leaves(new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "host.json")).Build())
            .Select(setting => KeyValuePair.Create($"{HostSettings.Section}:{setting.Key}", setting.Value));

    private static IEnumerable<KeyValuePair<string, string?>> LocalSettings(string path)
    {
        var file = new ConfigurationBuilder().AddJsonFile(path, optional: true).Build();
        if (File.Exists(path) && !string.Equals(file["IsEncrypted"], "false", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"{path} is encrypted, or doesn't say \"IsEncrypted\": false. Start over from local.settings.sample.json.");
        }
        return Leaves(file.GetSection("Values"), "Values:")
            .Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value))
            .Concat(Leaves(file.GetSection("ConnectionStrings")));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Leaves(IConfiguration configuration, string without = "") => configuration
        .AsEnumerable()
        .Where(setting => setting.Value is not null)
        .Select(setting => KeyValuePair.Create(setting.Key[without.Length..], setting.Value));
}
