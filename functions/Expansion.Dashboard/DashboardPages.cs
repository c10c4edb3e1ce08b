using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Expansion.Dashboard;

/// <summary>The dashboard's files, as they were built into this assembly: a few hundred kilobytes, read once.</summary>
public static class DashboardPages
{
    public const string Index = "index.html";

    private const string Prefix = "pages/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly Lazy<FrozenDictionary<string, DashboardPage>> Pages = new(() => typeof(DashboardPages).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => Read(name[Prefix.Length..]))
        .ToFrozenDictionary(page => page.Path));

    /// <summary>Null when there is no such file; the index too, where the app was built without npm.</summary>
    public static DashboardPage? Find(string path) => Pages.Value.GetValueOrDefault(path);

    private static DashboardPage Read(string path)
    {
        using var stream = typeof(DashboardPages).Assembly.GetManifestResourceStream(Prefix + path)!;
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(plain.ToArray());
        }

        var content = plain.ToArray();
        return new(path, Types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream"), content, packed.ToArray(), $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..12])}\"");
    }
}

/// <param name="Path">Below the dashboard's address, with forward slashes.</param>
/// <param name="Gzipped">The same content for those who take gzip.</param>
/// <param name="ETag">Changes with the content.</param>
public sealed record DashboardPage(string Path, string ContentType, ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Gzipped, string ETag)
{
    /// <summary>Whether its name changes with its content, so that it may be kept for ever.</summary>
    public bool IsImmutable => Path.StartsWith("assets/", StringComparison.Ordinal);
}
