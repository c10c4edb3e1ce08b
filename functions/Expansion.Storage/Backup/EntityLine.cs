using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;

namespace Expansion.Storage.Backup;

/// <summary>A row as a line of JSON that keeps the type of each value, which JSON alone wouldn't.</summary>
/// <param name="Values">By name: the type's letter, a colon, and the value as text.</param>
internal sealed record EntityLine([property: JsonPropertyName("p")] string PartitionKey, [property: JsonPropertyName("r")] string RowKey, [property: JsonPropertyName("v")] Dictionary<string, string> Values)
{
    /// <summary>What the service adds to every row, and sets anew.</summary>
    private static readonly HashSet<string> System = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    public static string Write(TableEntity row) => JsonSerializer.Serialize(new EntityLine(
        row.PartitionKey, row.RowKey, row.Where(value => value.Value is not null && !System.Contains(value.Key)).ToDictionary(value => value.Key, value => Write(value.Value))));

    public static TableEntity Read(string line)
    {
        var read = JsonSerializer.Deserialize<EntityLine>(line) ?? throw new InvalidDataException("A line of a backup is empty.");
        var row = new TableEntity(read.PartitionKey, read.RowKey);
        foreach (var (name, text) in read.Values)
        {
            row[name] = ReadValue(text[0], text[2..]);
        }

        return row;
    }

    private static string Write(object value) => value switch
    {
        string text => $"s:{text}",
        bool flag => flag ? "b:1" : "b:0",
        int number => string.Create(CultureInfo.InvariantCulture, $"i:{number}"),
        long number => string.Create(CultureInfo.InvariantCulture, $"l:{number}"),
        double number => string.Create(CultureInfo.InvariantCulture, $"d:{number:R}"),
        DateTimeOffset time => $"t:{time.UtcDateTime:O}",
        Guid id => $"g:{id}",
        byte[] bytes => $"x:{Convert.ToBase64String(bytes)}",
        BinaryData bytes => $"x:{Convert.ToBase64String(bytes)}",
        _ => throw new InvalidOperationException($"Tables hold no {value.GetType().Name}."),
    };

    private static object ReadValue(char type, string text) => type switch
    {
        's' => text,
        'b' => text == "1",
        'i' => int.Parse(text, CultureInfo.InvariantCulture),
        'l' => long.Parse(text, CultureInfo.InvariantCulture),
        'd' => double.Parse(text, CultureInfo.InvariantCulture),
        't' => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        'g' => Guid.Parse(text),
        'x' => Convert.FromBase64String(text),
        _ => throw new InvalidDataException($"A backup's value begins with '{type}', which no version has written."),
    };
}
