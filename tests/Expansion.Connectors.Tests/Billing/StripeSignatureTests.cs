using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Billing;
using Expansion.Testing;

namespace Expansion.Connectors.Tests.Billing;

public sealed class StripeSignatureTests
{
    private const string Secret = "whsec_test_secret";
    private const string Hex = "8042376f6ca064adbe037642a718227dfd59047137eb49497a54c49eb0cfb724";
    private const string Header = "t=1700000000,v1=" + Hex;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"evt_test","object":"event"}""");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1700000000);

    [Theory]
    [InlineData(Header, true)]
    [InlineData("t=1700000000,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=" + Hex + ",v0=deadbeef", true)]
    [InlineData("v1=" + Hex + ", t=1700000000", true)]
    [InlineData("t=1700000000,v0=" + Hex, false)]
    [InlineData("t=1700000001,v1=" + Hex, false)]
    [InlineData("t=1700000000.0,v1=" + Hex, false)]
    [InlineData("v1=" + Hex, false)]
    [InlineData("t=1700000000,v1=", false)]
    [InlineData("t=1700000000,v1=zz42376f6ca064adbe037642a718227dfd59047137eb49497a54c49eb0cfb724", false)]
    [InlineData(Hex, false)]
    [InlineData(null, false)]
    public void Verify_Headers_PassOnlyWithAGoodOne(string? header, bool passes) => Assert.Equal(passes, StripeSignature.Verify(Body, header, [Secret], Now));

    [Fact]
    public void Verify_PublishedVectors_AllPassAtTheirTime()
    {
        var path = SharedMaterial.Find("integrations/samples/billing/stripe_signature_vectors.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var vector in file["vectors"]!.AsArray())
        {
            var body = vector!["body_file"] is { } name ? File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, (string)name!)) : Encoding.UTF8.GetBytes((string)vector["body"]!);

            Assert.True(StripeSignature.Verify(body, (string)vector["header"]!, [(string)file["secret"]!], DateTimeOffset.FromUnixTimeSeconds((long)vector["timestamp"]!)));
        }
    }

    [Fact]
    public void Verify_AnyBitOfBodyOrSignatureFlipped_Fails()
    {
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            Assert.False(StripeSignature.Verify(Flip(Body, bit), Header, [Secret], Now));
        }

        for (var bit = 0; bit < 256; bit++)
        {
            Assert.False(StripeSignature.Verify(Body, "t=1700000000,v1=" + Convert.ToHexStringLower(Flip(Convert.FromHexString(Hex), bit)), [Secret], Now));
        }
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Verify_ClocksApart_PassesWithinFiveMinutes(int seconds, bool passes) => Assert.Equal(passes, StripeSignature.Verify(Body, Header, [Secret], Now.AddSeconds(seconds)));

    [Fact]
    public void Verify_Rotation_AnySecretPassesAndNoneDoesNot()
    {
        Assert.True(StripeSignature.Verify(Body, Header, ["whsec_new", Secret], Now));
        Assert.False(StripeSignature.Verify(Body, Header, ["whsec_new"], Now));
        Assert.False(StripeSignature.Verify(Body, Header, [], Now));
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
