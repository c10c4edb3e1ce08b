using System.Collections.Concurrent;

namespace Expansion.Engine.Recommendations.Catalogue;

/// <summary>A shop's catalogue in memory. Many may read while some tell.</summary>
public sealed class ShopCatalogue
{
    private readonly ConcurrentDictionary<Sku, CatalogueEntry> _entries;
    private readonly ConcurrentDictionary<string, Sku[]> _families;
    private readonly ConcurrentDictionary<string, Sku[]> _types;
    private long _version;

    public ShopCatalogue(IEnumerable<CatalogueEntry> entries)
    {
        _entries = new(entries.Select(entry => KeyValuePair.Create(entry.Item.Sku, entry)));
        _families = By(item => item.Family(), StringComparer.Ordinal);
        _types = By(item => item.Type, StringComparer.OrdinalIgnoreCase);
        HasDurables = Items.Any(item => item.Durable == true);
    }

    public int Count => _entries.Count;

    /// <summary>Whether any product says of itself that it lasts.</summary>
    public bool HasDurables { get; private set; }

    /// <summary>One by one: the dictionary's Values would copy all of them before the first is looked at.</summary>
    public IEnumerable<CatalogueItem> Items => _entries.Select(entry => entry.Value.Item);

    public CatalogueItem? Find(Sku sku) => _entries.GetValueOrDefault(sku)?.Item;

    /// <summary>The variants of a product (<see cref="CatalogueItem.Family"/>).</summary>
    public IReadOnlyList<Sku> OfFamily(string family) => _families.GetValueOrDefault(family, []);

    public IReadOnlyList<Sku> OfType(string type) => _types.GetValueOrDefault(type, []);

    /// <summary>Goes up whenever a visitor could be shown something else.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Tell(ToldItem told) => Change(told.Item.Sku, known => known is null ? CatalogueEntry.Of(told) : known.With(told));

    public void Tell(ProductListing product)
    {
        foreach (var told in product.Told(OfFamily(product.Id)))
        {
            Tell(told);
        }
    }

    /// <summary>Takes over what is stored, unless more has been heard of it here: that is on its way to storage, and comes back from there.</summary>
    public void Take(CatalogueEntry stored) => Change(stored.Item.Sku, known => known?.HasHeardMoreThan(stored) == true ? known : stored);

    private void Change(Sku sku, Func<CatalogueEntry?, CatalogueEntry> change)
    {
        CatalogueEntry? before = null;
        var after = _entries.AddOrUpdate(sku, _ => change(before = null), (_, known) => change(before = known));
        Index(after.Item);
        if (before is null || !before.Item.LooksLike(after.Item))
        {
            Interlocked.Increment(ref _version);
        }
    }

    private ConcurrentDictionary<string, Sku[]> By(Func<CatalogueItem, string?> key, StringComparer comparer) => new(
        Items.Where(item => !string.IsNullOrEmpty(key(item))).GroupBy(item => key(item)!, comparer)
            .Select(same => KeyValuePair.Create(same.Key, same.Select(item => item.Sku).Order().ToArray())),
        comparer);

    private void Index(CatalogueItem item)
    {
        HasDurables |= item.Durable == true;
        Add(_families, item.Family(), item.Sku);
        Add(_types, item.Type, item.Sku);
    }

    private static void Add(ConcurrentDictionary<string, Sku[]> index, string? key, Sku sku)
    {
        if (!string.IsNullOrEmpty(key))
        {
            index.AddOrUpdate(key, _ => [sku], (_, known) => known.Contains(sku) ? known : [.. known, sku]);
        }
    }
}
