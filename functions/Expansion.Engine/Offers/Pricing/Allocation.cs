namespace Expansion.Engine.Offers.Pricing;

/// <summary>Splits an amount so that the parts add up to it exactly.</summary>
public static class Allocation
{
    /// <summary>
    /// Largest remainder (Hamilton's method): every part gets total × weight / weights rounded down, and what is left goes a unit at a time to the largest remainders, the earlier part first.
    /// No part exceeds its weight when the total doesn't exceed the weights' sum; a part without weight gets nothing.
    /// </summary>
    /// <param name="total">Minor units, 0 or more.</param>
    /// <param name="weights">0 or more each, and at least one above.</param>
    public static IReadOnlyList<long> LargestRemainder(long total, IReadOnlyList<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var sum = weights.Aggregate((Int128)0, (sum, weight) => weight >= 0 ? sum + weight : throw new ArgumentOutOfRangeException(nameof(weights), weight, "A weight is below 0."));
        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(weights));

        var parts = weights.Select(weight => (long)((Int128)total * weight / sum)).ToArray();
        var left = (int)(total - parts.Sum());
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(index => (Int128)total * weights[index] % sum).ThenBy(index => index).Take(left))
        {
            parts[index]++;
        }

        return parts;
    }
}
