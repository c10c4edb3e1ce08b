using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine.Offers;
using Expansion.Engine.Timing.Signals;
using static Expansion.Engine.Tests.Timing.Given;

namespace Expansion.Engine.Tests.Timing.Signals;

public sealed class SignalSchemaTests
{
    private static readonly Money Money = new(12.5m, "EUR");

    private static readonly Signal[] Samples =
    [
        new UsageRecorded("calls", 5, 80, 100) { Id = "1", Customer = Ann, At = Now },
        new FeatureUsed("export", 3) { Id = "1", Customer = Ann, At = Now },
        new LimitReached("calls") { Id = "1", Customer = Ann, At = Now },
        new HealthScoreSet(55.5) { Id = "1", Customer = Ann, At = Now },
        new SegmentSet("vip") { Id = "1", Customer = Ann, At = Now },
        new TicketOpened("t", TicketSeverity.Critical) { Id = "1", Customer = Ann, At = Now },
        new TicketResolved("t", 4) { Id = "1", Customer = Ann, At = Now },
        new TicketReopened("t") { Id = "1", Customer = Ann, At = Now },
        new ReviewPosted(5, new("beans")) { Id = "1", Customer = Ann, At = Now },
        new PriceChanged("Basic", Money, Money with { Amount = 15 }) { Id = "1", Customer = Signal.Everybody, At = Now },
        new PlanChanged(Basic) { Id = "1", Customer = Ann, At = Now },
        new SubscriptionStarted(Basic, Now.AddDays(30)) { Id = "1", Customer = Ann, At = Now },
        new SubscriptionRenewed(Now.AddDays(30)) { Id = "1", Customer = Ann, At = Now },
        new SubscriptionCancelled(Now.AddDays(30)) { Id = "1", Customer = Ann, At = Now },
        new PaymentFailed { Id = "1", Customer = Ann, At = Now },
        new PaymentSucceeded { Id = "1", Customer = Ann, At = Now },
        new OrderPlaced(new("o"), Money, [new("beans"), new("gid://shopify/1")], Now.AddDays(-1), true) { Id = "1", Customer = Ann, At = Now },
        new ProductReturned(new("beans"), 2, new("o")) { Id = "1", Customer = Ann, At = Now },
        new CartChanged(Money, [new("beans")]) { Id = "1", Customer = Ann, At = Now },
        new OfferImpression { Offer = "x", Id = "1", Customer = Ann, At = Now },
        new OfferClick { Offer = "x", Id = "1", Customer = Ann, At = Now },
        new OfferDismissed("too dear") { Offer = "x", Id = "1", Customer = Ann, At = Now },
        new OfferComplained("spam") { Offer = "x", Id = "1", Customer = Ann, At = Now },
        new OfferOptedOut(Channel.Email, "x") { Id = "1", Customer = Ann, At = Now },
        new OfferConverted(Money, new("o")) { Offer = "x", Id = "1", Customer = Ann, At = Now },
    ];

    [Fact]
    public void Read_EveryTypeOfSignal_ComesBackAsItWas()
    {
        foreach (var sample in Samples)
        {
            var written = JsonSerializer.Serialize(sample, ExpansionJson.Options);

            var (signal, errors) = SignalSchema.Read(JsonElement.Parse(written));

            Assert.Empty(errors);
            Assert.Equal(sample.GetType(), signal?.GetType());
            Assert.Equal(written, JsonSerializer.Serialize(signal, ExpansionJson.Options));
        }

        Assert.Equal(typeof(Signal).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(type => type.DerivedType), Samples.Select(sample => sample.GetType()));
    }

    [Theory]
    [InlineData("""{"at":"2026-03-10T12:00:00"}""", "$.at")]
    [InlineData("""{"at":"2026-03-10"}""", "$.at")]
    [InlineData("""{"at":5}""", "$.at")]
    [InlineData("""{"id":""}""", "$.id")]
    [InlineData("""{"skus":["beans",7]}""", "$.skus[1]")]
    [InlineData("""{"skus":["beans",""]}""", "$.skus[1]")]
    [InlineData("""{"skus":null}""", "$.skus")]
    [InlineData("""{"total":{"amount":5}}""", "$.total.currency")]
    [InlineData("""{"total":{"amount":1e999,"currency":"EUR"}}""", "$.total.amount")]
    [InlineData("""{"total":{"amount":"5","currency":"EUR"}}""", "$.total.amount")]
    [InlineData("""{"total":{"amount":5,"currency":"EURO"}}""", "$.total.currency")]
    public void Read_WrongPart_IsNamedByItsPath(string changed, string path)
    {
        var signal = JsonSerializer.SerializeToNode<Signal>(new CartChanged(Money, [new("beans")]) { Id = "1", Customer = Ann, At = Now }, ExpansionJson.Options)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(changed)!.AsObject())
        {
            signal[name] = value?.DeepClone();
        }

        Assert.Equal([path], SignalSchema.Read(JsonElement.Parse(signal.ToJsonString())).Errors.Select(error => error.Path));
    }

    [Fact]
    public void Read_TextThatIsNoUtf8_IsRefused()
    {
        byte[] json = [.. """{"type":"payment_failed","id":"1","customer":"""u8, (byte)'"', 0xff, (byte)'"', .. ""","at":"2026-03-10T12:00:00Z"}"""u8];
        using var document = JsonDocument.Parse(json);

        Assert.Equal("must be text in UTF-8", Assert.Single(SignalSchema.Read(document.RootElement).Errors).Reason);
    }
}
