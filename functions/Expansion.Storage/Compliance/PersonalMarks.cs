using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Expansion.Engine.Compliance;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Compliance;

/// <summary>
/// By what a record is known to be about a person: an id of theirs, or their order's, is part of its key; or a value that is named for a person (customer, email, visitor, …)
/// is theirs. So a table that is added tomorrow is found too, and a SKU that happens to look like an id isn't.
/// </summary>
internal sealed class PersonalMarks
{
    private readonly HashSet<string> _keys;
    private readonly Regex _value;
    private readonly Regex _word;

    public PersonalMarks(Person person)
    {
        _keys = [.. person.Ids.Select(id => TableKey.From(id.Value)), .. person.Orders.Select(id => TableKey.From(id.Value))];
        var names = person.Ids.Select(id => id.Value).Append(person.Email?.Trim()).Where(name => !string.IsNullOrEmpty(name)).Select(name => Regex.Escape(name!)).ToList();
        // Without a name only keys can tell; an empty alternative would match everything.
        var any = names.Count == 0 ? "(?!)" : $"(?:{string.Join('|', names)})";
        // JSON within JSON has its quotes escaped.
        const string Quote = @"\\*""";
        _value = new($@"{Quote}\w*(?:customer|visitor|person|user|recipient|email)\w*{Quote}\s*:\s*{Quote}{any}{Quote}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        _word = new($"(?<![\\w.]){any}(?![\\w.])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    public bool IsOn(TableEntity row) =>
        row.PartitionKey.Split('|').Skip(1).Concat(row.RowKey.Split('|')).Any(_keys.Contains)
        || IsIn(row.JsonText())
        || row.Any(property => property.Value is string text && (IsIn(text) || IsIn($"\"{property.Key}\":\"{text}\"")));

    public bool IsIn(string json) => _value.IsMatch(json);

    /// <summary>In text without names for its values.</summary>
    public bool IsInText(string text) => _word.IsMatch(text);
}
