using System.Globalization;
using System.Text;

namespace Expansion.Engine.Affinity.FirstSteps;

/// <summary>The report for people.</summary>
public static class FirstStepsText
{
    public static string Of(FirstStepsReport report)
    {
        var text = new StringBuilder();
        Line($"First steps for {report.Shop}, from {report.Baskets:N0} orders, {report.From} to {report.To}");
        Line($"");
        Line($"Strongest cross-sell pairs. {report.Chosen}");
        foreach (var pair in report.Pairs)
        {
            Line($"  With {Name(pair.Product)} suggest {Name(pair.Suggestion)}.");
            Line($"    Where: {Place(pair.Advice.Touchpoint)}. {pair.Advice.Reason}");
            Line($"    Today {pair.AttachRate.Expected:P1} ({pair.AttachRate.Low:P1} to {pair.AttachRate.High:P1}) of {pair.MonthlyOrders:N1} orders a month hold both, {pair.Lift:N1} times as often as by chance.");
            Line($"    Of the {pair.OpenOrders:N1} others {Expected(pair.Gain, pair.MonthlyUnits, pair.MonthlyRevenue)}.");
        }

        Line($"");
        Line($"Touchpoints with most traffic");
        foreach (var place in report.Touchpoints)
        {
            Line($"  {Place(place.Touchpoint)}: {place.MonthlyOrders:N1} orders a month with one of {place.Products} products.");
            Line($"    Of those without the suggestion {Expected(place.Gain, place.MonthlyUnits, place.MonthlyRevenue)}.");
            if (place.Unpriced > 0)
            {
                Line($"    {place.Unpriced} of the suggestions have no price in the shop's currency and bring no revenue here.");
            }
        }

        Line($"");
        Line($"Ranges are 95 % intervals. Gains assume that a suggestion does to those who don't buy both yet what the tie does to the rest: plan with the lower end, and measure.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Expected(Estimate gain, Estimate units, MoneyEstimate? revenue)
    {
        var money = revenue is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {revenue.Expected:N2} {revenue.Currency} ({revenue.Low:N2} to {revenue.High:N2})");
        return string.Create(CultureInfo.InvariantCulture,
            $"{gain.Expected:P1} ({gain.Low:P1} to {gain.High:P1}) are expected to take it: {units.Expected:N1} units ({units.Low:N1} to {units.High:N1}){money} a month");
    }

    private static string Name(Orders.Product product) => product.Title ?? product.Sku.Value;

    private static string Place(Recommendations.Touchpoint touchpoint) => ExpansionJson.Word(touchpoint).Replace('_', ' ');
}
