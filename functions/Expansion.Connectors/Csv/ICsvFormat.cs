using Expansion.Engine.Orders;
using Expansion.Engine.Shops;

namespace Expansion.Connectors.Csv;

/// <summary>One way to lay out orders in a CSV file. A new one is one class and one line in <see cref="CsvServices"/>.</summary>
internal interface ICsvFormat
{
    string Name { get; }

    /// <summary>The columns without which a file can't be read.</summary>
    IReadOnlyList<string> Required { get; }

    ICsvLineReader Bind(CsvColumns columns, CsvFields fields, ShopSettings shop);
}

/// <summary>Reads one file's records in turn; it may remember what an order's first line said.</summary>
internal interface ICsvLineReader
{
    /// <returns>Null for a good line; else why it is rejected.</returns>
    string? Read(CsvRecords record, out ImportedLine line);
}
