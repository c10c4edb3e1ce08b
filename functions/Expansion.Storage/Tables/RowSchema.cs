using System.Globalization;
using Azure.Data.Tables;

namespace Expansion.Storage.Tables;

/// <summary>
/// The version of a row's shape, so that two versions of the app can work on one storage while one replaces the other. A property that comes or goes changes no
/// version: who doesn't know it does without. A change that older code would get wrong raises its table's number; older code then refuses the row, rather than
/// misread it or write over it, and the message it was about comes again until a newer host takes it. Rows from before there was a number are of the first.
/// </summary>
internal static class RowSchema
{
    public const string Column = "Schema";
    public const int First = 1;

    /// <summary>Leaves a higher number where there is one: a restored row stays what it is.</summary>
    public static void Stamp(TableEntity row, int schema) => row[Column] = Math.Max(schema, Of(row));

    /// <exception cref="InvalidOperationException">A newer version wrote the row.</exception>
    public static TableEntity Check(TableEntity row, string table, int schema) => Of(row) <= schema ? row : throw new InvalidOperationException(string.Create(
        CultureInfo.InvariantCulture, $"Row {row.PartitionKey}/{row.RowKey} of {table} has schema {Of(row)}, this version knows up to {schema}: finish the upgrade, or go back to the version that wrote it."));

    private static int Of(TableEntity row) => row.TryGetValue(Column, out var value) && value is int schema ? schema : First;
}
