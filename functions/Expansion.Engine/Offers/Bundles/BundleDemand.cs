namespace Expansion.Engine.Offers.Bundles;

/// <summary>How often a set of products is bought together, when only pairs were counted.</summary>
internal static class BundleDemand
{
    /// <summary>
    /// Share of baskets that hold all: the product of the pairs' shares over the product of the single shares to the power k − 2, for k products
    /// (Kirkwood's superposition, J. Chem. Phys. 3, 1935: no more dependence than the pairs show), but never more than the rarest pair. For two products the pair's own share.
    /// </summary>
    /// <param name="lnPairs">Sum of the logarithms of all pairs' shares.</param>
    /// <param name="lnSingles">Sum of the logarithms of the single shares.</param>
    /// <param name="lnRarest">Logarithm of the rarest pair's share.</param>
    public static double ShareTogether(int products, double lnPairs, double lnSingles, double lnRarest) =>
        Math.Exp(Math.Min(lnRarest, lnPairs - ((products - 2) * lnSingles)));
}
