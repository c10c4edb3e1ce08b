using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Functions.Compliance;

/// <summary>Who was erased, as it stood at most <see cref="Fresh"/> ago: whoever stores something about people asks here first.</summary>
public sealed class Erasures(IErasedStore store, TimeProvider time)
{
    /// <summary>So long a new erasure takes to be known on every instance.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ShopId, Known> _known = new();

    public async ValueTask<ErasedNames> OfAsync(ShopId shop, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_known.TryGetValue(shop, out var known) && time.GetElapsedTime(known.ReadAt, now) < Fresh)
        {
            return known.Names;
        }

        var version = await store.VersionAsync(shop, cancellationToken);
        var names = known is not null && known.Version == version ? known.Names : version.Length == 0 ? ErasedNames.None(shop) : await store.ReadAsync(shop, cancellationToken);
        _known[shop] = new(names, version, now);
        return names;
    }

    private sealed record Known(ErasedNames Names, string Version, long ReadAt);
}
