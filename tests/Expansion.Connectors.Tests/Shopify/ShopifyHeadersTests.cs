using Expansion.Connectors.Shopify;
using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyHeadersTests
{
    [Theory]
    [InlineData("X-Shopify-")]
    [InlineData("x-shopify-")]
    [InlineData("shopify-")]
    public void From_EitherPrefixInAnyCase_ReadsThem(string prefix)
    {
        var headers = new HeaderDictionary
        {
            [prefix + "topic"] = "orders/create",
            [prefix + "hmac-sha256"] = "abc=",
            [prefix + "shop-domain"] = "a.myshopify.com",
            [prefix + "webhook-id"] = "1",
            [prefix + "triggered-at"] = "2024-08-03T18:28:37.234647458Z",
        };

        var read = ShopifyHeaders.From(headers);

        Assert.Equal(("orders/create", "abc=", "a.myshopify.com", "1"), (read.Topic, read.Signature, read.ShopDomain, read.DeliveryId));
        Assert.Equal(new DateTimeOffset(2024, 8, 3, 18, 28, 37, TimeSpan.Zero).AddTicks(2346475), read.TriggeredAt);
        Assert.Empty(read.Missing);
    }

    [Fact]
    public void From_NoHeaders_NamesAllThatAreMissing() =>
        Assert.Equal(["X-Shopify-Topic", "X-Shopify-Shop-Domain", "X-Shopify-Webhook-Id"], ShopifyHeaders.From(new HeaderDictionary()).Missing);

    [Fact]
    public void From_BlankHeader_IsMissing() => Assert.Null(ShopifyHeaders.From(new HeaderDictionary { ["X-Shopify-Topic"] = " " }).Topic);

    [Fact]
    public void From_UnreadableTime_IsNone() => Assert.Null(ShopifyHeaders.From(new HeaderDictionary { ["X-Shopify-Triggered-At"] = "yesterday" }).TriggeredAt);
}
