using Expansion.Connectors.Csv;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using Expansion.Engine.Orders;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Orders;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Expansion.Functions.Tests.Orders;

public sealed class RunImportTests
{
    private static readonly ImportRequested Message = new(ShopId.From("coffee.example"), "1", null);

    private readonly MemoryBasketSegments _segments = new();
    private readonly Mock<IImportFiles> _files = new();
    private readonly Mock<IMessageQueue> _queue = new();
    private readonly Mock<IImportStore> _imports = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private ImportStatus _status;

    public RunImportTests()
    {
        _status = new("1", ImportState.Queued, _clock.GetUtcNow(), 0, 0, 0);
        _imports.Setup(i => i.FindAsync(Message.Shop, "1", It.IsAny<CancellationToken>())).ReturnsAsync(() => _status);
        _imports.Setup(i => i.SaveAsync(Message.Shop, It.IsAny<ImportStatus>(), It.IsAny<CancellationToken>()))
            .Callback<ShopId, ImportStatus, CancellationToken>((_, status, _) => _status = status);
        _files.Setup(f => f.CreateRejectsAsync(Message.Shop, "1", It.IsAny<CancellationToken>())).ReturnsAsync(() => new MemoryStream());
        _files.Setup(f => f.OpenUploadAsync(Message.Shop, "1", It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => new MemoryStream("order_id,ordered_at,sku,quantity\n1,2026-05-01,A,1\n"u8.ToArray()));
    }

    [Fact]
    public async Task Run_StorageFails_KeepsTheUploadForTheNextTry()
    {
        _segments.RacesToLose = int.MaxValue;
        await Assert.ThrowsAsync<InvalidOperationException>(RunAsync);

        Assert.Equal(ImportState.Failed, _status.State);
        _files.Verify(f => f.DeleteUploadAsync(It.IsAny<ShopId>(), It.IsAny<string>(), It.IsAny<CancellationToken>()), Times.Never);

        _segments.RacesToLose = 0;
        await RunAsync();

        Assert.Equal((ImportState.Done, null), (_status.State, _status.Error));
        _files.Verify(f => f.DeleteUploadAsync(Message.Shop, "1", It.IsAny<CancellationToken>()));
    }

    [Fact]
    public async Task Run_Done_HasTheMonthsPurchasesToldAndTheDaysRolledUp()
    {
        await RunAsync();

        _queue.Verify(q => q.SendAsync(PurchasesImported.Queue, new PurchasesImported(Message.Shop, new(2026, 5)), It.IsAny<CancellationToken>()), Times.Once);
        _queue.Verify(q => q.SendAsync(RollUpDue.Queue, new RollUpDue(Message.Shop, Close: false), It.IsAny<CancellationToken>()), Times.Once);
        _queue.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Run_MessageComesAgainAfterTheEnd_ChangesNothing()
    {
        await RunAsync();
        var done = _status;
        _files.Setup(f => f.OpenUploadAsync(Message.Shop, "1", It.IsAny<CancellationToken>())).ReturnsAsync((Stream?)null);

        await RunAsync();

        Assert.Same(done, _status);
        Assert.Equal(1, _segments.Writes);
    }

    private Task RunAsync()
    {
        var files = new ServiceCollection().AddOrderFiles().BuildServiceProvider().GetRequiredService<IOrderFiles>();
        var import = new ImportOrders(files, new MemoryShopStore(), _segments, new MonthFold(_segments, new MemoryOrderStore(), new(new MemoryErasedStore(), Mock.Of<IInbox>(), TimeProvider.System)), new MemoryProductStore(), _clock);
        return new RunImport(import, _imports.Object, _files.Object, _queue.Object, _clock).Run(Message, TestContext.Current.CancellationToken);
    }
}
