using Expansion.Engine.Affinity.Months;

namespace Expansion.Engine.Affinity.Pairs;

/// <summary>A pair good enough to be among some product's best, by the window's numbers of its products, A before B.</summary>
/// <param name="Months">Baskets with both by month, packed: seven bits a byte.</param>
public sealed record PairCandidate(int A, int B, int Both, byte[] Months)
{
    internal static PairCandidate Of(PairMonths pair)
    {
        var writer = new VarintWriter(pair.ByMonth.Length + 8);
        foreach (var both in pair.ByMonth)
        {
            writer.Write(both);
        }

        return new(pair.A, pair.B, pair.Both, writer.ToArray());
    }

    public int[] ByMonth(int months)
    {
        var byMonth = new int[months];
        var reader = new VarintReader(Months);
        for (var month = 0; month < months; month++)
        {
            byMonth[month] = reader.Read();
        }

        return byMonth;
    }
}
