using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Expansion.Engine.Recommendations.Collaborative;

/// <summary>
/// EASE^R (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019) with rows weighted, solved product by product: the column of a product is the ridge regression
/// of who bought it on who bought the others, (G + λI) b = g. Only the products most correlated with it take part (as in Steck, "Markov Random Fields for Collaborative Filtering",
/// NeurIPS 2019), so time and memory grow with the number of products and not with its cube, and every product is served, not only the most bought.
/// Where every two products were bought together, with as many predictors as products and no dropout, it is EASE^R itself.
/// </summary>
internal static class RidgeNeighbours
{
    /// <summary>
    /// A penalty in proportion to how often a product was bought, as if this share of all purchases were left out at random on training, so that no product leans on a single other
    /// (Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020).
    /// </summary>
    private const float Dropout = 0.1f;

    /// <param name="lambda">Ridge penalty, in the unit of the row weights; above 0.</param>
    /// <param name="predictors">How many products explain one.</param>
    /// <param name="most">How many products one may help to predict, the strongest weights kept.</param>
    public static Neighbours Of(Gram gram, double lambda, int predictors, int most, int threads)
    {
        Control.UseSingleThread();
        var products = gram.Diagonal.Length;
        var columns = Neighbours.Build(products, predictors, threads, () =>
        {
            var place = new int[products];
            Array.Fill(place, -1);
            return (target, column) => Solve(gram, target, (float)lambda, predictors, place, column);
        });
        return Transpose(columns, most);
    }

    private static List<Neighbour> Solve(Gram gram, int target, float lambda, int predictors, int[] place, List<Neighbour> column)
    {
        foreach (var other in gram.Together.Of(target))
        {
            column.Add(new(other.Item, other.Weight / MathF.Sqrt(gram.Diagonal[other.Item] + lambda)));
        }

        var chosen = Neighbours.Strongest(column, predictors);
        var n = chosen.Length;
        column.Clear();
        if (n == 0)
        {
            return column;
        }

        var (system, solution) = (new float[n * n], new float[n]);
        for (var i = 0; i < n; i++)
        {
            place[chosen[i].Item] = i;
        }

        for (var i = 0; i < n; i++)
        {
            foreach (var other in gram.Together.Of(chosen[i].Item))
            {
                if (place[other.Item] is var j and >= 0)
                {
                    system[(i * n) + j] = system[(j * n) + i] = other.Weight;
                }
            }

            system[(i * n) + i] = ((1 + Dropout) * gram.Diagonal[chosen[i].Item]) + lambda;
            solution[i] = chosen[i].Weight * MathF.Sqrt(gram.Diagonal[chosen[i].Item] + lambda);
        }

        LinearAlgebraControl.Provider.CholeskySolve(system, n, solution, 1);
        for (var i = 0; i < n; i++)
        {
            place[chosen[i].Item] = -1;
            column.Add(new(chosen[i].Item, solution[i]));
        }

        return column;
    }

    /// <summary>From "what predicts this" to "what this predicts".</summary>
    private static Neighbours Transpose(Neighbours columns, int most)
    {
        var rows = new List<Neighbour>[columns.Products];
        for (var product = 0; product < rows.Length; product++)
        {
            rows[product] = [];
        }

        for (var target = 0; target < rows.Length; target++)
        {
            foreach (var predictor in columns.Of(target))
            {
                rows[predictor.Item].Add(new(target, predictor.Weight));
            }
        }

        return Neighbours.Of(Array.ConvertAll(rows, row => Neighbours.Strongest(row, most)));
    }
}
