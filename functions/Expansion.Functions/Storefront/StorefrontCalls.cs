using Expansion.Connectors.Shopify;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Storefront;

/// <summary>Believes only what comes through Shopify's app proxy: the signature is the authorization, and says which shop and which customer it is.</summary>
public sealed class StorefrontCalls(IOptionsMonitor<ShopifyOptions> options, TimeProvider time)
{
    internal static IResult Refusal { get; } = Problems.Unauthorized("The call must come through the shop's app proxy, with its signature and within 90 seconds.");

    /// <returns>Null to be answered with <see cref="Refusal"/>.</returns>
    internal ShopifyProxyCall? Verify(HttpRequest request) => ShopifyProxySignature.Verify(request.QueryString.Value, options.CurrentValue.SecretsOf, time.GetUtcNow());
}
