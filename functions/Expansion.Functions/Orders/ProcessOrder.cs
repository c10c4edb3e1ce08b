using Expansion.Engine;
using Expansion.Engine.Orders;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Compliance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Expansion.Functions.Orders;

/// <summary>Stores an order or a refund, and what its lines tell of their products. A repeat changes nothing.</summary>
public sealed partial class ProcessOrder(IInbox inbox, IShopStore shops, IOrderStore orders, IProductStore products, IMessageQueue queue, Erasures erasures, ILogger<ProcessOrder> logger)
{
    [Function(nameof(ProcessOrder))]
    public async Task Run([QueueTrigger(OrderReceived.Queue)] OrderReceived message, CancellationToken cancellationToken)
    {
        if (await inbox.OpenAsync(message, cancellationToken) is not { } received)
        {
            return;
        }

        await shops.EnsureAsync(received.Shop, cancellationToken);
        var erased = await erasures.OfAsync(received.Shop, cancellationToken);
        switch (received)
        {
            case { Order: { } late } when erased.Has(late.Id):
                LogErased(received.Shop);
                break;
            case { Refund: { } late } when erased.Has(late.OrderId):
                LogErased(received.Shop);
                break;
            case { Order: { } told }:
                var order = erased.Strip(told);
                await orders.SaveAsync(received.Shop, order, cancellationToken);
                await products.SaveAsync(received.Shop, ProductsOf(order), cancellationToken);
                await TellAsync(received.Shop, order, cancellationToken);
                await queue.SendAsync(OrderToCredit.Queue, new OrderToCredit(received.Shop, order.Id), cancellationToken);
                LogOrder(order.Id, received.Shop, order.Lines.Count);
                break;
            case { Refund: { } refund }:
                await orders.SaveAsync(received.Shop, refund, cancellationToken);
                await queue.SendAsync(OrderToCredit.Queue, new OrderToCredit(received.Shop, refund.OrderId), cancellationToken);
                LogRefund(refund.Id, refund.OrderId, received.Shop);
                break;
            default:
                throw new InvalidOperationException($"A message of {received.Shop} holds neither an order nor a refund (payload {message.Payload ?? "none"}).");
        }

        await inbox.DoneAsync(message, cancellationToken);
    }

    /// <summary>A purchase is a signal, too.</summary>
    private Task TellAsync(ShopId shop, Order order, CancellationToken cancellationToken) =>
        Purchases.Of(order) is { } purchase ? queue.SendAsync(SignalsReceived.Queue, new SignalsReceived(shop, [purchase]), cancellationToken) : Task.CompletedTask;

    /// <summary>Each SKU once. A price of 0 is a gift or unknown, and says nothing of the next sale.</summary>
    private static List<Product> ProductsOf(Order order) =>
    [
        .. order.Lines.GroupBy(line => line.Sku).Select(lines => new Product(
            lines.Key,
            lines.Select(line => line.Title).LastOrDefault(title => !string.IsNullOrWhiteSpace(title)),
            lines.Select(line => line.UnitPrice).LastOrDefault(price => price.Amount > 0) is { Amount: > 0 } price ? price : null)),
    ];

    [LoggerMessage(LogLevel.Information, "Order {OrderId} of {Shop}: {Lines} lines")]
    private partial void LogOrder(OrderId orderId, ShopId shop, int lines);

    [LoggerMessage(LogLevel.Information, "An order of {Shop} was told again after its customer was erased; it stays nobody's")]
    private partial void LogErased(ShopId shop);

    [LoggerMessage(LogLevel.Information, "Refund {RefundId} of order {OrderId} of {Shop}")]
    private partial void LogRefund(string refundId, OrderId orderId, ShopId shop);
}
