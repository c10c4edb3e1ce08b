using System.Globalization;
using System.Text.RegularExpressions;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>How much of it one gets, as its options or its title say: 250 g, 2 x 1.5 l, pack of 6, 512 GB. Sizes that fit rather than hold (S, M, 42) are none.</summary>
/// <param name="Amount">In grams, millilitres, pieces or gigabytes, above 0.</param>
internal readonly partial record struct ItemSize(string Unit, double Amount)
{
    private static readonly Dictionary<string, (string Unit, double Factor)> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mg"] = ("g", 0.001),
        ["g"] = ("g", 1),
        ["kg"] = ("g", 1000),
        ["oz"] = ("g", 28.349523125),
        ["lb"] = ("g", 453.59237),
        ["lbs"] = ("g", 453.59237),
        ["ml"] = ("ml", 1),
        ["cl"] = ("ml", 10),
        ["dl"] = ("ml", 100),
        ["l"] = ("ml", 1000),
        ["pack"] = ("pieces", 1),
        ["pcs"] = ("pieces", 1),
        ["pieces"] = ("pieces", 1),
        ["ct"] = ("pieces", 1),
        ["count"] = ("pieces", 1),
        ["gb"] = ("GB", 1),
        ["tb"] = ("GB", 1000),
    };

    /// <summary>The size in the options, else in the title; null where neither tells one.</summary>
    public static ItemSize? Of(CatalogueItem item)
    {
        foreach (var option in item.Options ?? [])
        {
            if (Parse(option.Value) is { } size)
            {
                return size;
            }
        }

        return item.Title is { } title ? Parse(title) : null;
    }

    public static ItemSize? Parse(string text)
    {
        if (Measure().Match(text) is { Success: true } measure && Number(measure, "amount") is var amount and > 0)
        {
            var (unit, factor) = Units[measure.Groups["unit"].Value];
            return new(unit, amount * factor * (measure.Groups["times"].Success ? Number(measure, "times") : 1));
        }

        return Pack().Match(text) is { Success: true } pack && Number(pack, "amount") is var pieces and > 0 ? new("pieces", pieces) : null;
    }

    private static double Number(Match match, string group) =>
        double.TryParse(match.Groups[group].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(?<![\w.,])(?:(?<times>\d{1,3})\s*[x×]\s*)?(?<amount>\d{1,6}(?:[.,]\d{1,3})?)[\s-]?(?<unit>mg|kg|g|oz|lbs?|ml|cl|dl|l|pack|pcs|pieces|ct|count|gb|tb)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Measure();

    [GeneratedRegex(@"\b(?:pack|set|box)\s+of\s+(?<amount>\d{1,4})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pack();
}
