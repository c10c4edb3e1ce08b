using Expansion.Engine;

namespace Expansion.Connectors.Shopify;

/// <summary>A call from a shop's storefront that Shopify has passed on and signed.</summary>
/// <param name="Customer">Who is logged in; null for a guest. Nobody else may be believed to be a customer: all other parameters are the visitor's own.</param>
/// <param name="Parameters">The visitor's own, decoded, in the order they came.</param>
public sealed record ShopifyProxyCall(ShopId Shop, CustomerId? Customer, ILookup<string, string> Parameters);
