using System.Text.Json.Nodes;

namespace Expansion.Engine.Compliance;

/// <summary>Everything that storage holds about a person besides the basket segments, whatever table, log or file it is in.</summary>
public interface IPersonalRecords
{
    IAsyncEnumerable<PersonalRecord> FindAsync(ShopId shop, Person person, CancellationToken cancellationToken);

    /// <returns>How many records were erased, by where they were.</returns>
    Task<IReadOnlyDictionary<string, int>> EraseAsync(ShopId shop, Person person, CancellationToken cancellationToken);
}

/// <param name="Where">The table or blob it is in.</param>
public sealed record PersonalRecord(string Where, JsonNode Content);

/// <summary>Everything that storage holds of a shop.</summary>
public interface IShopRecords
{
    /// <returns>How many rows, blobs and messages were erased, by where they were.</returns>
    Task<IReadOnlyDictionary<string, int>> EraseAsync(ShopId shop, CancellationToken cancellationToken);
}
