using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Shopify;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Shopify;

public sealed class ShopifySignatureTests
{
    private const string Signature = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":1}""");

    [Fact]
    public void Verify_DocumentedVector_IsTrue() => Assert.True(ShopifySignature.Verify(Body, Signature, ["hush"]));

    [Theory]
    [InlineData("old", "hush")]
    [InlineData("hush", "new")]
    public void Verify_OneOfSeveralSecrets_IsTrue(params string[] secrets) => Assert.True(ShopifySignature.Verify(Body, Signature, secrets));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("aGVsbG8=")]
    [InlineData("VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeZAAAA=")]
    [InlineData("WnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=")]
    public void Verify_AnotherHeader_IsFalse(string? header) => Assert.False(ShopifySignature.Verify(Body, header, ["hush"]));

    [Fact]
    public void Verify_NoSecrets_IsFalse() => Assert.False(ShopifySignature.Verify(Body, Signature, []));

    [Fact]
    public void Verify_AnyBitOfTheBodyFlipped_IsFalse()
    {
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var flipped = Body.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(ShopifySignature.Verify(flipped, Signature, ["hush"]));
        }
    }

    [Fact]
    public void Verify_EverySampleFile_IsTrueForItsExactBytes()
    {
        var list = SharedMaterial.Find("integrations/samples/shopify/SIGNATURES.json");
        Assert.SkipWhen(list is null, SharedMaterial.Missing);
        var files = JsonNode.Parse(File.ReadAllText(list))!["files"]!.AsObject();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(list)!, file.Key));
            Assert.True(ShopifySignature.Verify(bytes, file.Value!["x_shopify_hmac_sha256"]!.GetValue<string>(), ["hush"]), file.Key);
        });
    }
}
