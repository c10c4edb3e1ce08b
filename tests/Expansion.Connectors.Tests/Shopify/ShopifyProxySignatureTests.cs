using System.Globalization;
using System.Text.Json.Nodes;
using Expansion.Connectors.Shopify;
using Expansion.Engine;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.AspNetCore.WebUtilities;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifyProxySignatureTests
{
    private const string Documented = "extra=1&extra=2&shop=shop-name.myshopify.com&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555";
    private const string DocumentedSignature = "4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb";

    private static readonly DateTimeOffset DocumentedTime = DateTimeOffset.FromUnixTimeSeconds(1317327555);

    [Fact]
    public void Verify_ShopifysOwnExample_IsTheShopsAndTheCustomers()
    {
        var call = Verify($"?{Documented}&signature={DocumentedSignature}", DocumentedTime);

        Assert.Equal(("shop-name.myshopify.com", "1"), (call?.Shop.Value, call?.Customer?.Value));
        Assert.Equal(["extra"], call!.Parameters.Select(parameter => parameter.Key));
        Assert.Equal(["1", "2"], call.Parameters["extra"]);
    }

    [Fact]
    public void Verify_PublishedVectors_AreAsTheySay()
    {
        var file = SharedMaterial.Find("integrations/samples/shopify/app_proxy_vectors.json");
        Assert.SkipWhen(file is null, SharedMaterial.Missing);
        var vectors = JsonNode.Parse(File.ReadAllText(file!))!["vectors"]!.AsArray();

        Assert.All(vectors, vector =>
        {
            var query = (string)vector!["query"]!;
            var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(QueryHelpers.ParseQuery(query)["timestamp"].ToString(), CultureInfo.InvariantCulture));
            Assert.Equal((bool)vector["valid"]!, Verify(query, time) is not null);
        });
    }

    [Fact]
    public void Verify_AnyFlippedBit_IsRefused()
    {
        var query = $"{Documented}&signature={DocumentedSignature}".ToCharArray();

        for (var index = 0; index < query.Length; index++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var flipped = query.ToArray();
                flipped[index] ^= (char)(1 << bit);
                // Hex is the same in capitals, and so are the escapes of the address itself.
                if (char.ToUpperInvariant(flipped[index]) != char.ToUpperInvariant(query[index]))
                {
                    Assert.Null(Verify(new string(flipped), DocumentedTime));
                }
            }
        }
    }

    [Theory]
    [InlineData(-91, false)]
    [InlineData(-90, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    public void Verify_ClocksApart_TakesNinetySeconds(int seconds, bool expected) =>
        Assert.Equal(expected, Verify(ShopifySender.Proxy("a=1", DocumentedTime), DocumentedTime.AddSeconds(seconds)) is not null);

    [Theory]
    [InlineData("shop=coffee.myshopify.com")]
    [InlineData("logged_in_customer_id=7")]
    [InlineData("timestamp=1317327555")]
    [InlineData("signature=00")]
    public void Verify_VisitorAddsWhatShopifyAdds_IsRefused(string added) => Assert.Null(Verify(ShopifySender.Proxy(added, DocumentedTime), DocumentedTime));

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("shop=coffee.myshopify.com&timestamp=1317327555")]
    [InlineData("shop=coffee.myshopify.com&timestamp=1317327555&signature=zz")]
    [InlineData("signature=" + DocumentedSignature)]
    public void Verify_NoSignature_IsRefused(string query) => Assert.Null(Verify(query, DocumentedTime));

    [Fact]
    public void Verify_Guest_IsNobody() => Assert.Null(Verify(ShopifySender.Proxy("", DocumentedTime), DocumentedTime)!.Customer);

    [Fact]
    public void Verify_UnknownShop_IsRefused() =>
        Assert.Null(ShopifyProxySignature.Verify(ShopifySender.Proxy("", DocumentedTime), _ => [], DocumentedTime));

    [Fact]
    public void Verify_SecretRotated_TakesBoth() =>
        Assert.NotNull(ShopifyProxySignature.Verify(ShopifySender.Proxy("", DocumentedTime), _ => ["new", ShopifySender.Secret], DocumentedTime));

    private static ShopifyProxyCall? Verify(string query, DateTimeOffset now) =>
        ShopifyProxySignature.Verify(query, shop => shop == default(ShopId) ? [] : [ShopifySender.Secret], now);
}
