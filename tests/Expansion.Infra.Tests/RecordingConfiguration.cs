using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Expansion.Infra.Tests;

/// <summary>Writes down the path of every setting that is asked for, there or not.</summary>
internal sealed class RecordingConfiguration(IConfiguration inner, HashSet<string>? read = null) : IConfigurationSection
{
    public HashSet<string> Read { get; } = read ?? new(StringComparer.OrdinalIgnoreCase);

    private IConfigurationSection Section => (IConfigurationSection)inner;

    public string Key => Section.Key;

    public string Path => Section.Path;

    public string? Value
    {
        get => Section.Value;
        set => Section.Value = value;
    }

    public string? this[string key]
    {
        get => GetSection(key).Value;
        set => inner[key] = value;
    }

    public IConfigurationSection GetSection(string key) => Wrap(inner.GetSection(key));

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren().Select(Wrap);

    public IChangeToken GetReloadToken() => inner.GetReloadToken();

    private RecordingConfiguration Wrap(IConfigurationSection section)
    {
        Read.Add(section.Path);
        return new(section, Read);
    }
}
