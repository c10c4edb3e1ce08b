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
            Line($"    Expected attach rate {Share(pair.AttachRate)} of {pair.MonthlyOrders:N1} orders a month; without {Name(pair.Product)} it is {pair.Otherwise:P1}.");
            Line($"    The difference is worth {Worth(pair.MonthlyUnits, pair.MonthlyRevenue)}; {pair.OpenOrders:N1} orders a month can still be won.");
        }

        Line($"");
        Line($"Touchpoints with most traffic");
        foreach (var place in report.Touchpoints)
        {
            Line($"  {Place(place.Touchpoint)}: {place.MonthlyOrders:N1} orders a month with one of {place.Products} products.");
            Line($"    Expected attach rate {Share(place.AttachRate)}, worth {Worth(place.MonthlyUnits, place.MonthlyRevenue)}.");
            if (place.Unpriced > 0)
            {
                Line($"    {place.Unpriced} of the suggestions have no price in the shop's currency and bring no revenue here.");
            }
        }

        Line($"");
        Line($"Ranges are 95 % intervals. Worth is what the ties bring at today's orders, beyond what orders without the product hold; what suggestions add to it, an experiment measures.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Share(Estimate share) => string.Create(CultureInfo.InvariantCulture, $"{share.Expected:P1} ({share.Low:P1} to {share.High:P1})");

    private static string Worth(Estimate units, MoneyEstimate? revenue)
    {
        var money = revenue is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {revenue.Expected:N2} {revenue.Currency} ({revenue.Low:N2} to {revenue.High:N2})");
        return string.Create(CultureInfo.InvariantCulture, $"{units.Expected:N1} units ({units.Low:N1} to {units.High:N1}){money} a month");
    }

    private static string Name(Orders.Product product) => product.Title ?? product.Sku.Value;

    private static string Place(Recommendations.Touchpoint touchpoint) => ExpansionJson.Word(touchpoint).Replace('_', ' ');
}
