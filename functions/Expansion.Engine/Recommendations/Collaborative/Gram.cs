namespace Expansion.Engine.Recommendations.Collaborative;

/// <summary>
/// How much every two products have in common: the weights of the rows that hold both, summed (XᵀWX). Sparse, by product; the product itself is kept apart.
/// A row keeps its strongest entries up to a bound, which only catalogues of many thousand products reach.
/// </summary>
internal sealed class Gram
{
    private Gram(Neighbours together, float[] diagonal) => (Together, Diagonal) = (together, diagonal);

    public Neighbours Together { get; }

    public float[] Diagonal { get; }

    public static Gram Of(Incidence incidence, int mostEntries, int threads)
    {
        var diagonal = new float[incidence.Products];
        var together = Neighbours.Build(incidence.Products, Math.Max(100, mostEntries / Math.Max(1, incidence.Products)), threads, () =>
        {
            var sum = new float[incidence.Products];
            return (product, found) =>
            {
                foreach (var row in incidence.RowsOf(product))
                {
                    var weight = incidence.RowWeights[row];
                    diagonal[product] += weight;
                    foreach (var other in incidence.Row(row))
                    {
                        if (sum[other] == 0)
                        {
                            found.Add(new(other, 0));
                        }

                        sum[other] += weight;
                    }
                }

                var kept = 0;
                for (var i = 0; i < found.Count; i++)
                {
                    var other = found[i].Item;
                    if (other != product)
                    {
                        found[kept++] = new(other, sum[other]);
                    }

                    sum[other] = 0;
                }

                found.RemoveRange(kept, found.Count - kept);
                return found;
            };
        });
        return new(together, diagonal);
    }
}
