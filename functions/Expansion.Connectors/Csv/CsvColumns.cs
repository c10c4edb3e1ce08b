namespace Expansion.Connectors.Csv;

/// <summary>Finds columns by name, whatever their order, case, blanks, hyphens and underscores. Of two with one name the first counts.</summary>
internal sealed class CsvColumns(IReadOnlyList<string> header)
{
    private readonly Dictionary<string, int> _columns = header.Select((name, index) => (Name: Key(name), index)).DistinctBy(column => column.Name)
        .ToDictionary(column => column.Name, column => column.index);

    public bool Has(string name) => _columns.ContainsKey(Key(name));

    /// <summary>The index of the first of the names that there is; null when there is none.</summary>
    public int? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_columns.TryGetValue(Key(name), out var index))
            {
                return index;
            }
        }

        return null;
    }

    private static string Key(string name) => string.Concat(name.Where(c => c is not (' ' or '-' or '_'))).ToUpperInvariant();
}
