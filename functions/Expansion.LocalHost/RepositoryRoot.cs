namespace Expansion.LocalHost;

/// <summary>The folder of Expansion.Functions.sln, above the one this program runs in: the host is for people who have the sources.</summary>
public static class RepositoryRoot
{
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Expansion.Functions.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"There is no Expansion.Functions.sln above {AppContext.BaseDirectory}. The development host runs from a checkout.");
    }
}
