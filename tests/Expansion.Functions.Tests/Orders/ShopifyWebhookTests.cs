using System.Text.Json;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Topics;
using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Functions.Orders;
using Expansion.Functions.Tests.Recommendations;
using Expansion.Testing;
using Expansion.Testing.Shopify;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Moq;
using static Expansion.Testing.Shopify.ShopifyBody;

namespace Expansion.Functions.Tests.Orders;

/// <summary>The table of docs/shopify.md, row by row.</summary>
public sealed class ShopifyWebhookTests
{
    private const string BadSignature = "X-Shopify-Hmac-Sha256 must be the signature of this body with the shop's secret.";
    private static readonly ShopId Shop = ShopId.From(ShopifySender.Shop);
    private static readonly byte[] Body = Order(1, Line(11, "A")).Bytes();

    private static readonly ShopifyTopics Topics = new ServiceCollection().AddSingleton(TimeProvider.System).AddShopify(new ConfigurationBuilder().Build()).BuildServiceProvider().GetRequiredService<ShopifyTopics>();

    private readonly ShopifyOptions options = new() { Shops = { new ShopifyShopOptions { Domain = ShopifySender.Shop, Secrets = { "old", ShopifySender.Secret } } } };
    private readonly Mock<IDeliveryStore> deliveries = new();
    private readonly Mock<IInbox> inbox = new();
    private readonly List<OrderReceived> sent = [];

    public ShopifyWebhookTests() =>
        inbox.Setup(i => i.SendAsync(It.IsAny<IReceived>(), It.IsAny<CancellationToken>())).Callback<IReceived, CancellationToken>((message, _) => sent.Add((OrderReceived)message));

    [Theory]
    [InlineData("orders/create")]
    [InlineData("orders/updated")]
    [InlineData("orders/paid")]
    [InlineData("orders/fulfilled")]
    [InlineData("orders/cancelled")]
    public async Task Run_OrderTopic_HandsTheOrderOverThenRemembersTheDelivery(string topic)
    {
        var order = new List<string>();
        inbox.Setup(i => i.SendAsync(It.IsAny<IReceived>(), It.IsAny<CancellationToken>())).Callback<IReceived, CancellationToken>((m, _) => order.Add("sent " + ((OrderReceived)m).Order!.Id));
        deliveries.Setup(d => d.RecordAsync(Shop, new DateOnly(2026, 3, 1), "b7504392-2461-4993-848c-1b59c87c8a87", It.IsAny<CancellationToken>()))
            .Callback(() => order.Add("recorded"));

        AssertOutcome("accepted", await RunAsync(ShopifySender.Headers(topic, Body), Body));

        Assert.Equal(["sent 1", "recorded"], order);
    }

    [Fact]
    public async Task Run_Refund_HandsTheRefundOver()
    {
        var body = Refund(5, 1, (11, 1)).Bytes();

        AssertOutcome("accepted", await RunAsync(ShopifySender.Headers("refunds/create", body), body));

        var refund = Assert.Single(sent).Refund!;
        Assert.Equal(("5", new OrderId("1"), new RefundLine("11", 1)), (refund.Id, refund.OrderId, Assert.Single(refund.Lines)));
    }

    [Theory]
    [InlineData("old")]
    [InlineData(ShopifySender.Secret)]
    public async Task Run_OldAndNewSecret_AreBothAccepted(string secret) =>
        AssertOutcome("accepted", await RunAsync(ShopifySender.Headers("orders/create", Body, secret), Body));

    [Fact]
    public async Task Run_SecretTakenAway_IsRefusedFromThenOn()
    {
        var headers = ShopifySender.Headers("orders/create", Body, "old");
        AssertOutcome("accepted", await RunAsync(headers, Body));

        options.Shops[0].Secrets.Remove("old");

        AssertProblem(401, "Unauthorized", BadSignature, await RunAsync(headers, Body));
    }

    [Theory]
    [InlineData("shopify-")]
    [InlineData("x-shopify-")]
    public async Task Run_OtherPrefixOrCase_IsAccepted(string prefix)
    {
        var headers = ShopifySender.Headers("orders/create", Body).ToDictionary(header => header.Key.Replace("X-Shopify-", prefix, StringComparison.Ordinal), header => header.Value);

        AssertOutcome("accepted", await RunAsync(headers, Body));
    }

    [Fact]
    public async Task Run_KnownDelivery_IsNotHandedOverAgain()
    {
        deliveries.Setup(d => d.IsKnownAsync(Shop, new DateOnly(2026, 3, 1), "b7504392-2461-4993-848c-1b59c87c8a87", It.IsAny<CancellationToken>())).ReturnsAsync(true);

        AssertOutcome("duplicate", await RunAsync(ShopifySender.Headers("orders/create", Body), Body));

        Assert.Empty(sent);
    }

    [Fact]
    public async Task Run_NoTimeOfSending_IsRememberedUnderToday()
    {
        var headers = ShopifySender.Headers("orders/create", Body);
        headers.Remove("X-Shopify-Triggered-At");

        AssertOutcome("accepted", await RunAsync(headers, Body));

        deliveries.Verify(d => d.RecordAsync(Shop, new DateOnly(2026, 4, 2), It.IsAny<string>(), It.IsAny<CancellationToken>()));
    }

    [Theory]
    [InlineData("orders/delete")]
    [InlineData("orders/edited")]
    [InlineData("themes/update")]
    [InlineData("ORDERS/CREATE")]
    [InlineData("made/up")]
    public async Task Run_UnknownTopic_IsIgnoredWithoutReadingStorage(string topic)
    {
        AssertOutcome("ignored", await RunAsync(ShopifySender.Headers(topic, Body), Body));

        deliveries.VerifyNoOtherCalls();
        Assert.Empty(sent);
    }

    [Theory]
    [InlineData("X-Shopify-Topic")]
    [InlineData("X-Shopify-Shop-Domain")]
    [InlineData("X-Shopify-Webhook-Id")]
    public async Task Run_HeaderMissing_IsABadRequestThatNamesIt(string name)
    {
        var headers = ShopifySender.Headers("orders/create", Body);
        headers.Remove(name);

        AssertProblem(400, "Bad request", $"Missing: {name}.", await RunAsync(headers, Body));
    }

    [Fact]
    public async Task Run_SeveralHeadersMissing_NamesThemAll() => AssertProblem(
        400, "Bad request", "Missing: X-Shopify-Topic, X-Shopify-Shop-Domain, X-Shopify-Webhook-Id.",
        await RunAsync(new() { ["X-Shopify-Hmac-Sha256"] = ShopifySender.Sign(Body) }, Body));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("aGVsbG8=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task Run_SignatureMissingUndecodableOrWrong_IsUnauthorized(string? signature)
    {
        var headers = ShopifySender.Headers("orders/create", Body);
        headers.Remove("X-Shopify-Hmac-Sha256");
        if (signature is not null)
        {
            headers["X-Shopify-Hmac-Sha256"] = signature;
        }

        AssertProblem(401, "Unauthorized", BadSignature, await RunAsync(headers, Body));
        Assert.Empty(sent);
    }

    [Fact]
    public async Task Run_NoHeadersAtAll_IsUnauthorized() => AssertProblem(401, "Unauthorized", BadSignature, await RunAsync([], Body));

    [Fact]
    public async Task Run_OneBitOfTheBodyFlipped_IsUnauthorized()
    {
        var flipped = Body.ToArray();
        flipped[^10] ^= 1;

        AssertProblem(401, "Unauthorized", BadSignature, await RunAsync(ShopifySender.Headers("orders/create", Body), flipped));
    }

    [Theory]
    [InlineData("other.myshopify.com")]
    [InlineData("no shop at all")]
    public async Task Run_UnknownShop_IsAnsweredAsAWrongSignatureIs(string domain)
    {
        var headers = ShopifySender.Headers("orders/create", Body);
        headers["X-Shopify-Shop-Domain"] = domain;

        AssertProblem(401, "Unauthorized", BadSignature, await RunAsync(headers, Body));
    }

    [Theory]
    [InlineData(ShopifySender.Shop, true)]
    [InlineData(ShopifySender.Shop, false)]
    [InlineData("other.myshopify.com", true)]
    public async Task Run_FiveMegabytes_IsTooLargeForKnownAndUnknownShops(string domain, bool lengthIsTold)
    {
        var body = new byte[5_000_000];
        var headers = ShopifySender.Headers("orders/create", body);
        headers["X-Shopify-Shop-Domain"] = domain;

        AssertProblem(413, "Too large", "The body may have at most 4194304 bytes.", await RunAsync(headers, body, lengthIsTold));
    }

    [Fact]
    public async Task Run_TruncatedJson_IsABadRequestAndNotRemembered()
    {
        var body = Body[..^20];

        var problem = Assert.IsType<ProblemHttpResult>(await RunAsync(ShopifySender.Headers("orders/create", body), body)).ProblemDetails;

        Assert.Equal((400, "Bad request"), (problem.Status, problem.Title));
        Assert.StartsWith("The body is not what orders/create holds. ", problem.Detail, StringComparison.Ordinal);
        Assert.Empty(sent);
        deliveries.Verify(d => d.RecordAsync(It.IsAny<ShopId>(), It.IsAny<DateOnly>(), It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task Run_TenThousandLines_AreAllHandedOver()
    {
        var body = Order(1, [.. Enumerable.Range(0, 10_000).Select(i => Line(i + 1, $"SKU-{i}"))]).Bytes();
        Assert.InRange(body.Length, 1_000_000, options.MaxBodyBytes);

        AssertOutcome("accepted", await RunAsync(ShopifySender.Headers("orders/create", body), body));

        Assert.Equal(10_000, Assert.Single(sent).Order!.Basket.Count);
    }

    [Theory]
    [InlineData("kaffee-größe-42-測試-☕")]
    [InlineData("a/b#c?d\\e")]
    public async Task Run_UnusualSku_IsHandedOverAsItIs(string sku)
    {
        var body = Order(1, Line(11, sku)).Bytes();

        AssertOutcome("accepted", await RunAsync(ShopifySender.Headers("orders/create", body), body));

        Assert.Equal([new Sku(sku)], Assert.Single(sent).Order!.Basket);
    }

    [Theory]
    [InlineData("orders/create", "raw/orders_create.body", "PMGZf7iqhn1f+ErfwiH9Be7IgtEP3GWFCxZA91iONac=")]
    [InlineData("orders/updated", "captured/orders_create_hkd_devstore.json", "lvoyFpkK8bkYPFHSAdCNncoxl1NqCfW3hoVQ4rF+EGc=")]
    [InlineData("orders/cancelled", "webhooks/orders_create.json", "UAlRG/XKC2OENk3+qMfTeOnAHHxg9NO9eI6W1viD8kA=")]
    [InlineData("refunds/create", "raw/refunds_create.body", "i8zYJcsXc5014dlTJkNNjWqbptoL1JV/f3CKEjCL7gY=")]
    [InlineData("refunds/create", "webhooks/refunds_create.json", "IpeYVNpOY9Apmx25JNUyU6bylgqT/QJ01Np6AymFiBg=")]
    public async Task Run_RealSample_IsAccepted(string topic, string file, string signature)
    {
        var path = SharedMaterial.Find("integrations/samples/shopify/" + file);
        Assert.SkipWhen(path is null, SharedMaterial.Missing);
        var body = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var headers = ShopifySender.Headers(topic, body);
        headers["X-Shopify-Hmac-Sha256"] = signature;

        AssertOutcome("accepted", await RunAsync(headers, body));
    }

    [Fact]
    public async Task Run_HandOverFails_FailsAndIsNotRemembered()
    {
        inbox.Setup(i => i.SendAsync(It.IsAny<IReceived>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("storage is down"));

        await Assert.ThrowsAsync<IOException>(() => RunAsync(ShopifySender.Headers("orders/create", Body), Body));

        deliveries.Verify(d => d.RecordAsync(It.IsAny<ShopId>(), It.IsAny<DateOnly>(), It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    private async Task<IResult> RunAsync(Dictionary<string, string> headers, byte[] body, bool lengthIsTold = true)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(body);
        request.ContentLength = lengthIsTold ? body.Length : null;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        var time = new FakeTimeProvider(new DateTimeOffset(2026, 4, 2, 12, 0, 0, TimeSpan.Zero));
        var monitor = Mock.Of<IOptionsMonitor<ShopifyOptions>>(m => m.CurrentValue == options);
        return await new ShopifyWebhook(monitor, Topics, deliveries.Object, inbox.Object, NothingServed.Cache(), time, NullLogger<ShopifyWebhook>.Instance)
            .Run(request, TestContext.Current.CancellationToken);
    }

    private static void AssertOutcome(string outcome, IResult result)
    {
        Assert.Equal(200, Assert.IsType<IStatusCodeHttpResult>(result, exactMatch: false).StatusCode);
        Assert.Equal($$"""{"outcome":"{{outcome}}"}""", JsonSerializer.Serialize(Assert.IsType<IValueHttpResult>(result, exactMatch: false).Value, ExpansionJson.Options));
    }

    private static void AssertProblem(int status, string title, string detail, IResult result)
    {
        var problem = Assert.IsType<ProblemHttpResult>(result).ProblemDetails;
        Assert.Equal((status, title, detail), (problem.Status, problem.Title, problem.Detail));
    }
}
