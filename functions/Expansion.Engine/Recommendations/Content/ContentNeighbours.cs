using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Recommendations.Content;

/// <summary>
/// Products that are described alike: the cosine of their TF-IDF vectors, tf = 1 + ln(count), idf = ln((1 + N) / (1 + n)) + 1. Needs no order.
/// Tokens of very many products are left out: they tell little apart and would make the comparison quadratic.
/// </summary>
internal static class ContentNeighbours
{
    private const int MostProductsOfToken = 2000;

    /// <param name="products">By number; null for a product nothing is known of.</param>
    public static Neighbours Of(IReadOnlyList<CatalogueProduct?> products, int most, int threads)
    {
        var vectors = Vectors(products, out var postings);
        return Neighbours.Build(products.Count, most, threads, () =>
        {
            var sum = new float[products.Count];
            return (product, found) =>
            {
                foreach (var (token, weight) in vectors[product])
                {
                    foreach (var (other, otherWeight) in postings[token])
                    {
                        if (sum[other] == 0 && other != product)
                        {
                            found.Add(new(other, 0));
                        }

                        sum[other] += weight * otherWeight;
                    }
                }

                sum[product] = 0;
                for (var i = 0; i < found.Count; i++)
                {
                    var other = found[i].Item;
                    found[i] = new(other, sum[other]);
                    sum[other] = 0;
                }

                return found;
            };
        });
    }

    private static List<(int Token, float Weight)>[] Vectors(IReadOnlyList<CatalogueProduct?> products, out List<(int Product, float Weight)>[] postings)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = products.Select(product => product is null ? [] : ContentTokens.Of(product)
            .Select(token => (Token: numbers.TryAdd(token.Key, numbers.Count) ? numbers.Count - 1 : numbers[token.Key], Times: token.Value)).ToList()).ToList();
        var frequencies = new int[numbers.Count];
        foreach (var (token, _) in counts.SelectMany(tokens => tokens))
        {
            frequencies[token]++;
        }

        var (described, vectors) = (products.Count, new List<(int, float)>[products.Count]);
        postings = [.. frequencies.Select(_ => new List<(int, float)>())];
        for (var product = 0; product < vectors.Length; product++)
        {
            var vector = counts[product].ConvertAll(token => (token.Token, Weight: (1 + Math.Log(token.Times)) * (Math.Log((1.0 + described) / (1 + frequencies[token.Token])) + 1)));
            var length = Math.Sqrt(vector.Sum(token => token.Weight * token.Weight));
            vectors[product] = [.. vector.Where(token => frequencies[token.Token] <= MostProductsOfToken).Select(token => (token.Token, (float)(token.Weight / length)))];
            foreach (var (token, weight) in vectors[product])
            {
                postings[token].Add((product, weight));
            }
        }

        return vectors;
    }
}
