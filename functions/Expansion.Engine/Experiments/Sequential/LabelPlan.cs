namespace Expansion.Engine.Experiments.Sequential;

/// <summary>The planned boundary on conversion labels, with its exact error, for small counts or an audit.</summary>
/// <param name="C">Smallest constant of four decimals that keeps the error.</param>
/// <param name="ExpectedConversionsNull">Conversions of both arms until the end, when there is no effect.</param>
/// <param name="WrongDirection">The chance that control wins although treatment is better.</param>
public sealed record LabelPlanResult(
    double C, double ExactType1, double ExpectedConversionsNull, double Power, double WrongDirection, double ExpectedConversionsAlt);

/// <summary>
/// With equal split each of s conversions is treatment's with probability 1/2 under no effect; stop when |xB − xA| ≥ c √s_max (s/s_max)^Δ
/// at any s from s_min to s_max. Exact, by forward recursion over the walk (Wald 1947).
/// </summary>
public static class LabelPlan
{
    /// <summary>Every count up to the last is walked through, ahead or behind by any number: twice as many cost four times the time.</summary>
    private const int Longest = 20_000;

    public static LabelPlanResult Of(int least, int most, double lift, double alpha = 0.05, double delta = 0.25)
    {
        if (least < 1 || most < least)
        {
            throw new ArgumentOutOfRangeException(nameof(least), least, "The first look needs at least one conversion, and the last no fewer than the first.");
        }

        if (most > Longest)
        {
            throw new ArgumentOutOfRangeException(nameof(most), most, $"The exact plan is for up to {Longest} conversions; for more use the planned test, which needs no exact one.");
        }

        var (low, high) = (0, 100_000);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            var walk = Walk(middle / 10_000.0, 0.5);
            (low, high) = walk.Up + walk.Down <= alpha ? (low, middle) : (middle, high);
        }

        var c = high / 10_000.0;
        var (none, planned) = (Walk(c, 0.5), Walk(c, (1 + lift) / (2 + lift)));
        return new(c, none.Up + none.Down, none.Expected, planned.Up, planned.Down, planned.Expected);

        // mass[d + most] is the chance that the walk goes on and treatment is d ahead.
        (double Up, double Down, double Expected) Walk(double c, double chance)
        {
            var (mass, next) = (new double[(2 * most) + 3], new double[(2 * most) + 3]);
            mass[most + 1] = 1;
            var (up, down, expected, reach) = (0.0, 0.0, 0.0, 0);
            for (var s = 1; s <= most; s++)
            {
                reach++;
                var bound = s < least ? int.MaxValue : (int)Math.Ceiling(c * Math.Sqrt(most) * Math.Pow((double)s / most, delta));
                for (var d = -reach; d <= reach; d++)
                {
                    next[d + most + 1] = (chance * mass[d + most]) + ((1 - chance) * mass[d + most + 2]);
                }

                (mass, next) = (next, mass);
                next.AsSpan(most + 1 - reach, (2 * reach) + 1).Clear();
                for (; reach >= bound; reach--)
                {
                    var (above, below) = (mass[most + 1 + reach], mass[most + 1 - reach]);
                    (up, down, expected) = (up + above, down + below, expected + (s * (above + below)));
                    (mass[most + 1 + reach], mass[most + 1 - reach]) = (0, 0);
                }
            }

            return (up, down, expected + (most * (1 - up - down)));
        }
    }
}
