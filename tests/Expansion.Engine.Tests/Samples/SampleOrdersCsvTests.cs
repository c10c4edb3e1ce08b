using Expansion.Engine.Orders;
using Expansion.Engine.Samples;

namespace Expansion.Engine.Tests.Samples;

public sealed class SampleOrdersCsvTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 4, 5, 6, TimeSpan.FromHours(1));

    [Fact]
    public void Write_AnOrder_IsPlainCsvInUtcWithQuotesWhereNeeded() => Assert.Equal(
        """
        order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price
        7,C1,2026-01-02T03:05:06Z,A,"Cups, ""Brume"", Set",-2,12.50
        7,,2026-01-02T03:05:06Z,B,Café crème bowl,1,9.00

        """,
        Write(Order("C1", new OrderLine(new Sku("A"), -2, 0, new Money(12.5m, "USD")) { Title = "Cups, \"Brume\", Set" }),
            Order(null, new OrderLine(new Sku("B"), 1, 1, new Money(9, "USD")) { Title = "Café crème bowl" })),
        ignoreLineEndingDifferences: false);

    [Fact]
    public void Write_ACancelledOrder_IsLeftOut() => Assert.Equal(
        "order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price\n",
        Write(Order("C1", new OrderLine(new Sku("A"), 1, 1, new Money(1, "USD"))) with { Cancelled = true }));

    private static Order Order(string? customer, params OrderLine[] lines) =>
        new(new OrderId("7"), customer is null ? null : new CustomerId(customer), At, At, lines);

    private static string Write(params Order[] orders)
    {
        using var writer = new StringWriter();
        SampleOrdersCsv.Write(orders, writer);
        return writer.ToString();
    }
}
