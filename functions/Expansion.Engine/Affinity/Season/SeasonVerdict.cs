using System.Globalization;

namespace Expansion.Engine.Affinity.Season;

/// <param name="PooledLift">Lift over the whole window: <see cref="MantelHaenszel.Lift"/> within months times <paramref name="SeasonFactor"/>.</param>
/// <param name="SeasonFactor">What common months alone would make of lift; 1 without a common season.</param>
/// <param name="Seasonal">The pair lives only on common months.</param>
/// <param name="Months">Months of the year, 1 to 12, in which both sell above average; empty without a common season. A true pair can have them too.</param>
public sealed record SeasonVerdict(double PooledLift, MantelHaenszel Within, double SeasonFactor, bool Seasonal, IReadOnlyList<int> Months)
{
    /// <summary>The verdict in words.</summary>
    public string Reason => Months.Count == 0
        ? Text($"Lift is {PooledLift:0.0#} over all and {Within.Lift:0.0#} within months: no common season.")
        : Seasonal
            ? Text($"Both sell in {MonthNames()}. Within a month lift is {Within.Lift:0.0#}, not {PooledLift:0.0#}: the season makes the pair.")
            : Text($"Both sell in {MonthNames()}, yet within a month lift is still {Within.Lift:0.0#} of {PooledLift:0.0#}: they belong together.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string MonthNames()
    {
        var names = Months.Select(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName).ToArray();
        return names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
