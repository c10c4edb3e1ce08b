using System.Text.RegularExpressions;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Content;

/// <summary>A product's words: its title's words and pairs of words; type, vendor and tags whole, three times, since a merchant's own classes say more than a word.</summary>
internal static partial class ContentTokens
{
    private const int AttributeTimes = 3;

    /// <summary>Each token with how often it occurs.</summary>
    public static Dictionary<string, int> Of(CatalogueProduct product)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        string? before = null;
        foreach (var word in Words().EnumerateMatches(product.Title ?? ""))
        {
            var text = product.Title!.Substring(word.Index, word.Length).ToLowerInvariant();
            Add(text, 1);
            if (before is not null)
            {
                Add($"{before}_{text}", 1);
            }

            before = text;
        }

        Attribute("type", product.Type);
        Attribute("vendor", product.Vendor);
        foreach (var tag in product.Tags)
        {
            Attribute("tag", tag);
        }

        return tokens;

        void Attribute(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                Add($"@{name}:{value.Trim().ToLowerInvariant()}", AttributeTimes);
            }
        }

        void Add(string token, int times) => tokens[token] = tokens.GetValueOrDefault(token) + times;
    }

    [GeneratedRegex(@"[^\W_]+")]
    private static partial Regex Words();
}
