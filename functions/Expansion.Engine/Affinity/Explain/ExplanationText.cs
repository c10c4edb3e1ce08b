using System.Globalization;
using System.Text;
using Expansion.Engine.Affinity.Listing;

namespace Expansion.Engine.Affinity.Explain;

/// <summary>The explanation for people: the verdict, the months, the numbers.</summary>
public static class ExplanationText
{
    public static string Of(PairExplanation explanation)
    {
        var text = new StringBuilder();
        Line($"{explanation.A.Name} ({explanation.A.Sku}) + {explanation.B.Name} ({explanation.B.Sku}), {explanation.From} to {explanation.To}");
        foreach (var sentence in explanation.Verdict)
        {
            Line($"  {sentence}");
        }

        if (explanation.Months.Count > 0)
        {
            Line($"");
            Line($"  {"month",-7} {"orders",9} {"a",8} {"b",8} {"both",8} {"expected",9} {"lift",6}");
            foreach (var month in explanation.Months)
            {
                Line($"  {month.Month,-7} {month.Baskets,9:N0} {month.A,8:N0} {month.B,8:N0} {month.Both,8:N0} {month.Expected,9:N1} {month.Lift,6:N1}");
            }
        }

        Line($"");
        foreach (var (name, value) in explanation.Numbers)
        {
            Line($"  {name,-20} {PairCsv.Text(value)}");
        }

        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
