namespace Expansion.Testing;

/// <summary>Files that lie beside the repository and not in it. Tests that want one skip where it is missing.</summary>
public static class SharedMaterial
{
    public const string Missing = "Skipped: ../shared isn't there.";

    private static readonly string? Root = FindRoot();

    /// <summary>Null where it is missing.</summary>
    public static string? Find(string path)
    {
        var full = Root is null ? null : Path.Combine(Root, path);
        return Path.Exists(full) ? full : null;
    }

    private static string? FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Expansion.Functions.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
    }
}
