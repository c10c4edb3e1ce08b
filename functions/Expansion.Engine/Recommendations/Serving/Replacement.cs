using System.Globalization;
using Expansion.Engine.Recommendations.Catalogue;

namespace Expansion.Engine.Recommendations.Serving;

/// <summary>Whether one product could take another's place, and be more: the next tier, a larger size, or a dearer one of the same type.</summary>
internal static class Replacement
{
    /// <summary>How much dearer a better one of the same type is: less is no step up, more is another purchase.</summary>
    public const decimal LeastRatio = 1.1m;
    public const decimal MostRatio = 2m;

    /// <summary>Null where it is no higher tier. Ladders also hold what no catalogue does, such as plans.</summary>
    public static string? Tier(Sku candidate, Sku given, string? title, IReadOnlyList<IReadOnlyList<Sku>> ladders)
    {
        foreach (var ladder in ladders)
        {
            if (Place(ladder, given) is var from and >= 0 && Place(ladder, candidate) is var to && to > from)
            {
                return to == from + 1 ? $"The next step up from {title ?? given.Value}." : $"{to - from} steps up from {title ?? given.Value}.";
            }
        }

        return null;
    }

    /// <summary>Null where it isn't the same thing in a larger size.</summary>
    public static string? Size(CatalogueItem candidate, CatalogueItem given)
    {
        if (!AreVariants(candidate, given)
            || ItemSize.Of(candidate) is not { } size || ItemSize.Of(given) is not { } than || size.Unit != than.Unit || size.Amount <= than.Amount || !DiffersInSizeOnly(candidate, given))
        {
            return null;
        }

        var saving = candidate.Price is { } price && given.Price is { Amount: > 0 } before && price.Currency == before.Currency
            ? 1 - ((double)price.Amount / size.Amount / ((double)before.Amount / than.Amount))
            : 0;
        var times = (size.Amount / than.Amount).ToString("0.#", CultureInfo.InvariantCulture);
        return saving >= 0.01
            ? FormattableString.Invariant($"The larger {given.FullTitle() ?? given.Sku.Value}: {times} times as much, {saving:P0} less for each part of it.")
            : $"The larger {given.FullTitle() ?? given.Sku.Value}: {times} times as much.";
    }

    /// <summary>Null where it isn't of the same type, or not dearer by the right measure.</summary>
    public static string? Better(CatalogueItem candidate, CatalogueItem given) =>
        candidate is { Type: { Length: > 0 } type, Price: { } price } && given.Price is { Amount: > 0 } before
        && string.Equals(type, given.Type, StringComparison.OrdinalIgnoreCase) && price.Currency == before.Currency
        && price.Amount >= before.Amount * LeastRatio && price.Amount <= before.Amount * MostRatio && !AreVariants(candidate, given)
            ? FormattableString.Invariant($"Also {type}, for {price.Amount:0.##} {price.Currency} instead of the {before.Amount:0.##} of {given.FullTitle() ?? given.Sku.Value}.")
            : null;

    private static bool AreVariants(CatalogueItem one, CatalogueItem other) => one.Family() is { } family && family == other.Family();

    private static bool DiffersInSizeOnly(CatalogueItem one, CatalogueItem other)
    {
        var options = other.Options ?? [];
        return (one.Options ?? []).All(option => ItemSize.Parse(option.Value) is not null || options.Contains(option));
    }

    private static int Place(IReadOnlyList<Sku> ladder, Sku sku)
    {
        for (var place = 0; place < ladder.Count; place++)
        {
            if (ladder[place] == sku)
            {
                return place;
            }
        }

        return -1;
    }
}
