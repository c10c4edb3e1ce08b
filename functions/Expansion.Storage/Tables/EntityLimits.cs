using System.Globalization;
using Azure.Data.Tables;

namespace Expansion.Storage.Tables;

/// <summary>
/// What the table service refuses and the emulator does not, refused here for both, before anything is sent.
/// learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// </summary>
internal static class EntityLimits
{
    public const int MaxPropertyBytes = 64 * 1024;
    public const int MaxEntityBytes = 1024 * 1024;
    public const int MaxProperties = 252;
    public const int MaxKeyLength = 1024;

    private static readonly DateTimeOffset _earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] _system = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <exception cref="ArgumentException">The service would refuse the entity; says which, and why.</exception>
    public static void Check(TableEntity entity)
    {
        CheckKey(entity, entity.PartitionKey);
        CheckKey(entity, entity.RowKey);
        var own = entity.Where(property => property.Value is not null && !_system.Contains(property.Key)).ToList();
        if (own.Count > MaxProperties)
        {
            throw Refuse(entity, $"has {own.Count} properties, {MaxProperties} are allowed");
        }

        foreach (var (name, value) in own)
        {
            CheckProperty(entity, name, value);
        }

        var size = 4 + (2 * (entity.PartitionKey.Length + entity.RowKey.Length)) + own.Sum(property => 8 + (2 * property.Key.Length) + Size(property.Value));
        if (size > MaxEntityBytes)
        {
            throw Refuse(entity, string.Create(CultureInfo.InvariantCulture, $"is {size:N0} bytes large, {MaxEntityBytes:N0} are allowed"));
        }
    }

    /// <summary>At most what the entity takes in a request: JSON there, binary as Base64, and every character that may be escaped counted as escaped.</summary>
    public static int WireBytes(TableEntity entity) => 1024 + entity.Sum(property => property.Key.Length + 64 + property.Value switch
    {
        byte[] binary => ((binary.Length + 2) / 3 * 4),
        string text => text.Sum(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-' or '.' or '_' or '|' or '=' ? 1 : 6),
        _ => 64,
    });

    private static void CheckKey(TableEntity entity, string? key)
    {
        if (key is null || key.Length > MaxKeyLength || key.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
        {
            throw Refuse(entity, @"has a key that is missing, too long, or holds one of / \ # ?");
        }
    }

    private static void CheckProperty(TableEntity entity, string name, object value)
    {
        if (!(char.IsLetter(name[0]) || name[0] == '_') || !name.All(character => char.IsLetterOrDigit(character) || character == '_'))
        {
            throw Refuse(entity, $"has a property called '{name}'; letters, digits and underscores are allowed");
        }

        if (value is string or byte[] && Size(value) - 4 > MaxPropertyBytes)
        {
            throw Refuse(entity, $"has more than {MaxPropertyBytes} bytes in {name}");
        }

        if (value is DateTimeOffset time && time < _earliest)
        {
            throw Refuse(entity, $"has a time before 1601 in {name}");
        }

        if (value is double number && !double.IsFinite(number))
        {
            throw Refuse(entity, $"has {number} in {name}");
        }
    }

    private static int Size(object value) => value switch
    {
        byte[] binary => binary.Length + 4,
        string text => (2 * text.Length) + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    private static ArgumentException Refuse(TableEntity entity, string why) => new($"Row {entity.PartitionKey}/{entity.RowKey} {why}.");
}
