using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Expansion.Connectors.Webhooks;
using Expansion.Testing;
using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Seconds = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Key = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly byte[] Other = WebhookSecret.Parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Seconds);

    [Fact]
    public void Sign_ReferenceVector_GivesItsSignature() => Assert.Equal(Signature, WebhookSignature.Sign(Key, Id, Seconds, Body));

    [Fact]
    public void Verify_PublishedVectors_AllPassAtTheirTime()
    {
        var path = SharedMaterial.Find("integrations/samples/webhooks/standard_webhooks_vectors.json");
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        foreach (var vector in JsonNode.Parse(File.ReadAllText(path))!["vectors"]!.AsArray())
        {
            string Text(string name) => (string)vector![name]!;
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(Text("webhook-timestamp"), CultureInfo.InvariantCulture));
            var headers = Headers(Text("webhook-id"), Text("webhook-timestamp"), Text("webhook-signature"));

            Assert.Equal((Text("webhook-id"), at), WebhookSignature.Verify(headers, Encoding.UTF8.GetBytes(Text("body")), [WebhookSecret.Parse(Text("secret"))], at));
        }
    }

    [Fact]
    public void Verify_AnyBitOfBodyFlipped_Fails()
    {
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var flipped = Body.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(WebhookSignature.Verify(Headers(), flipped, [Key], Now));
        }
    }

    [Fact]
    public void Verify_AnyBitOfASignatureFlipped_Fails()
    {
        var bytes = Convert.FromBase64String(Signature[3..]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = bytes.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Null(WebhookSignature.Verify(Headers(signature: "v1," + Convert.ToBase64String(flipped)), Body, [Key], Now));
        }
    }

    [Theory]
    [InlineData("1614265331", Id)]
    [InlineData("1614265330", "msg_p5jXN8AQM9LWM0D4loKWxJel")]
    [InlineData("1614265330", "")]
    [InlineData("", Id)]
    [InlineData("1614265330.0", Id)]
    [InlineData("99999999999999999999", Id)]
    public void Verify_AnotherTimeOrId_Fails(string timestamp, string id) => Assert.Null(WebhookSignature.Verify(Headers(id, timestamp), Body, [Key], Now));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void Verify_ClocksApart_PassesWithinFiveMinutes(int seconds, bool passes) =>
        Assert.Equal(passes, WebhookSignature.Verify(Headers(), Body, [Key], Now.AddSeconds(seconds)) is not null);

    [Theory]
    [InlineData("v1,AAAA v1a,AAAA v2,x " + Signature, true)]
    [InlineData("v1," + Signature, false)]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", false)]
    [InlineData("", false)]
    public void Verify_SeveralEntries_AnyThatMatchesPassesAndOthersAreSkipped(string header, bool passes) =>
        Assert.Equal(passes, WebhookSignature.Verify(Headers(signature: header), Body, [Key], Now) is not null);

    [Fact]
    public void Verify_OldAndNewSecret_BothPass()
    {
        Assert.NotNull(WebhookSignature.Verify(Headers(), Body, [Other, Key], Now));
        Assert.NotNull(WebhookSignature.Verify(Headers(signature: WebhookSignature.Header([Other, Key], Id, Seconds, Body)), Body, [Key], Now));
        Assert.Null(WebhookSignature.Verify(Headers(), Body, [Other], Now));
        Assert.Null(WebhookSignature.Verify(Headers(), Body, [], Now));
    }

    [Theory]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", true)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", false)]
    [InlineData("whsec_AAEC", false)]
    [InlineData("whsec_no base64 at all, though long enough", false)]
    [InlineData(null, false)]
    public void TryParse_Secrets_TakesWhatTheSpecificationAllows(string? text, bool parses) => Assert.Equal(parses, WebhookSecret.TryParse(text, out _));

    private static HeaderDictionary Headers(string id = Id, string timestamp = "1614265330", string signature = Signature) => new()
    {
        [WebhookSignature.IdHeader] = id,
        [WebhookSignature.TimestampHeader] = timestamp,
        [WebhookSignature.SignatureHeader] = signature,
    };
}
