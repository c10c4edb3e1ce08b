using System.Collections.Concurrent;
using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Functions.Compliance;

/// <summary>
/// Who was erased, as it stood at most <see cref="Fresh"/> ago. Whoever stores something about people asks here before, so that what comes late is dropped, and says afterwards whom it was about:
/// a person may have been erased in between, and what was written after their rows were looked for would stay.
/// </summary>
public sealed class Erasures(IErasedStore store, IInbox inbox, TimeProvider time)
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

    /// <summary>Has them erased once more who were erased while something about them was being written.</summary>
    public async Task WrittenAsync(ShopId shop, IEnumerable<CustomerId> about, CancellationToken cancellationToken)
    {
        var erased = await OfAsync(shop, cancellationToken);
        foreach (var late in about.Distinct().Where(erased.Has))
        {
            await inbox.SendAsync(new CustomerErasureRequested(shop, new([late], null, [])), cancellationToken);
        }
    }

    private sealed record Known(ErasedNames Names, string Version, long ReadAt);
}
