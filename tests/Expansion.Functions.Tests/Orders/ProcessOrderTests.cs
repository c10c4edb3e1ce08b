using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Orders;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Expansion.Functions.Tests.Orders;

public sealed class ProcessOrderTests
{
    private static readonly ShopId Shop = ShopId.From("coffee.myshopify.com");
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly List<string> steps = [];
    private readonly Mock<IInbox> inbox = new();
    private readonly Mock<IOrderStore> orders = new();
    private readonly Mock<IProductStore> products = new();
    private readonly Mock<IShopStore> shops = new();
    private readonly Mock<IMessageQueue> queue = new();

    public ProcessOrderTests()
    {
        inbox.Setup(i => i.OpenAsync(It.IsAny<OrderReceived>(), It.IsAny<CancellationToken>())).ReturnsAsync((OrderReceived message, CancellationToken _) => message);
        inbox.Setup(i => i.DoneAsync(It.IsAny<OrderReceived>(), It.IsAny<CancellationToken>())).Callback(() => steps.Add("done"));
        orders.Setup(o => o.SaveAsync(Shop, It.IsAny<Order>(), It.IsAny<CancellationToken>())).Callback((ShopId _, Order order, CancellationToken _) => steps.Add($"order {order.Id}"));
        orders.Setup(o => o.SaveAsync(Shop, It.IsAny<Refund>(), It.IsAny<CancellationToken>())).Callback((ShopId _, Refund refund, CancellationToken _) => steps.Add($"refund {refund.Id}"));
        shops.Setup(s => s.EnsureAsync(Shop, It.IsAny<CancellationToken>())).Callback(() => steps.Add("shop"));
    }

    [Fact]
    public async Task Run_Order_IsStoredAndThenDone()
    {
        await RunAsync(new OrderReceived(Shop) { Order = Order(Line("A")) });

        Assert.Equal(["shop", "order 1", "done"], steps);
    }

    [Fact]
    public async Task Run_Refund_IsStoredAndThenDone()
    {
        await RunAsync(new OrderReceived(Shop) { Refund = new Refund("5", new OrderId("1"), []) });

        Assert.Equal(["shop", "refund 5", "done"], steps);
    }

    [Fact]
    public async Task Run_Payload_IsOpenedAndItsBlobDealtWith()
    {
        var message = new OrderReceived(Shop) { Payload = "2026/1.json" };
        inbox.Setup(i => i.OpenAsync(message, It.IsAny<CancellationToken>())).ReturnsAsync(new OrderReceived(Shop) { Order = Order(Line("A")) });

        await RunAsync(message);

        Assert.Equal(["shop", "order 1", "done"], steps);
        inbox.Verify(i => i.DoneAsync(message, It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task Run_PayloadThatIsGone_IsSkipped()
    {
        var message = new OrderReceived(Shop) { Payload = "2026/1.json" };
        inbox.Setup(i => i.OpenAsync(message, It.IsAny<CancellationToken>())).ReturnsAsync((OrderReceived?)null);

        await RunAsync(message);

        Assert.Empty(steps);
    }

    [Fact]
    public async Task Run_NeitherOrderNorRefund_FailsWithTheShop()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new OrderReceived(Shop)));

        Assert.Equal("A message of coffee.myshopify.com holds neither an order nor a refund (payload none).", error.Message);
        Assert.DoesNotContain("done", steps);
    }

    [Fact]
    public async Task Run_StoreFails_KeepsThePayload()
    {
        orders.Setup(o => o.SaveAsync(Shop, It.IsAny<Order>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("storage is down"));

        await Assert.ThrowsAsync<IOException>(() => RunAsync(new OrderReceived(Shop) { Order = Order(Line("A")) }));

        Assert.DoesNotContain("done", steps);
    }

    [Fact]
    public async Task Run_Order_TellsEachProductOnceAndNoPriceOfZero()
    {
        IReadOnlyCollection<Product> saved = [];
        products.Setup(p => p.SaveAsync(Shop, It.IsAny<IReadOnlyCollection<Product>>(), It.IsAny<CancellationToken>()))
            .Callback((ShopId _, IReadOnlyCollection<Product> told, CancellationToken _) => saved = told);

        await RunAsync(new OrderReceived(Shop) { Order = Order(Line("A", 12.5m, "Mug"), Line("B", 0, " "), Line("A", 0, null)) });

        Assert.Equal([new Product(new Sku("A"), "Mug", new Money(12.5m, "EUR")), new Product(new Sku("B"), null, null)], saved);
    }

    [Fact]
    public async Task Run_OrderOfACustomer_IsAPurchaseSignalOfThisVersion()
    {
        SignalsReceived? sent = null;
        queue.Setup(q => q.SendAsync(SignalsReceived.Queue, It.IsAny<SignalsReceived>(), It.IsAny<CancellationToken>()))
            .Callback((string _, SignalsReceived message, CancellationToken _) => sent = message);

        await RunAsync(new OrderReceived(Shop) { Order = Order(Line("A", 12.5m), Line("B", 2)) with { CustomerId = new("ann") } });

        var placed = Assert.IsType<OrderPlaced>(Assert.Single(sent!.Signals));
        Assert.Equal(($"order:1:{Time.UtcTicks}", new CustomerId("ann"), Time, new Money(14.5m, "EUR")), (placed.Id, placed.Customer, placed.At, placed.Total));
        Assert.Equal([new Sku("A"), new Sku("B")], placed.Skus);
    }

    [Fact]
    public async Task Run_OrderOfNobodyKnown_IsCreditedAndNoSignal()
    {
        await RunAsync(new OrderReceived(Shop) { Order = Order(Line("A")) });

        queue.Verify(q => q.SendAsync(OrderToCredit.Queue, new OrderToCredit(Shop, new("1")), It.IsAny<CancellationToken>()), Times.Once);
        queue.VerifyNoOtherCalls();
    }

    private Task RunAsync(OrderReceived message) =>
        new ProcessOrder(inbox.Object, shops.Object, orders.Object, products.Object, queue.Object, new(new MemoryErasedStore(), inbox.Object, TimeProvider.System), NullLogger<ProcessOrder>.Instance)
            .Run(message, TestContext.Current.CancellationToken);

    private static Order Order(params OrderLine[] lines) => new(new OrderId("1"), null, Time, Time, lines);

    private static OrderLine Line(string sku, decimal price = 1, string? title = null) => new(new Sku(sku), 1, 1, new Money(price, "EUR")) { Title = title };
}
