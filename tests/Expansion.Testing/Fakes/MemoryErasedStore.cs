using Expansion.Engine;
using Expansion.Engine.Compliance;

namespace Expansion.Testing.Fakes;

public sealed class MemoryErasedStore : IErasedStore
{
    private readonly HashSet<string> _hashes = [];

    public Task AddAsync(ShopId shop, IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        _hashes.UnionWith(hashes);
        return Task.CompletedTask;
    }

    public Task<string> VersionAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult(_hashes.Count == 0 ? "" : $"{_hashes.Count}");

    public Task<ErasedNames> ReadAsync(ShopId shop, CancellationToken cancellationToken) => Task.FromResult(new ErasedNames(shop, _hashes.ToHashSet()));
}
