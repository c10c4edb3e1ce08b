namespace Expansion.Engine.Recommendations.Serving;

/// <summary>Compares products by the words of their titles.</summary>
internal static class TitleWords
{
    private static readonly char[] Separators = [' ', '-', ',', '/', '(', ')', '&', '+', '.', '\''];

    public static HashSet<string> Of(string? title) => new((title ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>Share of the words of either that both have (Jaccard): 0 to 1, and 0 where one has none.</summary>
    public static double Overlap(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return both == 0 ? 0 : (double)both / (one.Count + other.Count - both);
    }
}
