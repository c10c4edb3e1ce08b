namespace Expansion.Connectors.Shopify;

/// <summary>How an offer of ours is marked in a shop.</summary>
public static class ShopifyOffers
{
    /// <summary>The property of a cart's or order's line that was offered. The underscore hides it from shoppers at the checkout.</summary>
    public const string LineProperty = "_expansion_offer";

    public const int MaxId = 200;

    /// <summary>The same whoever tells it, so that it counts once.</summary>
    public static string SignalId(string happened, string offer) => $"storefront:{happened}:{offer}";
}
