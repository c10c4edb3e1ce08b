using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Metrics.Facts;

namespace Expansion.Cli.Verbs.Metrics;

// What stands under "input" in the cases of metrics_reference.json, metric by metric.
internal sealed record OrderLineInput(string Role, int Qty, int ReturnedQty = 0);

internal sealed record OrderInput(string Status, IReadOnlyList<OrderLineInput> Lines)
{
    /// <summary>Only what is completed counts; a line of any other role is the main thing.</summary>
    public OrderFact Fact() => new(
        Status switch { "completed" => OrderStatus.Completed, "test" => OrderStatus.Test, _ => OrderStatus.Cancelled },
        [.. Lines.Select(line => new LineFact(line.Role switch { "cross_sell" => LineRole.CrossSell, "gift" => LineRole.Gift, _ => LineRole.Main }, line.Qty, line.ReturnedQty))]);
}

internal sealed record OrdersInput(IReadOnlyList<OrderInput> Orders, AttachCount Count = AttachCount.Items, bool? NetOfReturns = null)
{
    [JsonIgnore]
    public OrderSums Sums => Orders.Aggregate(default(OrderSums), (sums, order) => sums + OrderSums.Of(order.Fact()));
}

internal enum AttachCount
{
    Items,
    Orders,
}

internal sealed record PlansInput(IReadOnlyList<PlanMonth> Customers)
{
    [JsonIgnore]
    public PlanSums Sums => Customers.Aggregate(default(PlanSums), (sums, customer) => sums + PlanSums.Of(customer));
}

internal sealed record Transaction(decimal Amount, string Currency, string Type, DateOnly? Date = null)
{
    /// <summary>Tax and shipping are no revenue.</summary>
    public decimal Net(ExchangeRates rates) => Type switch
    {
        "sale" => rates.Convert(new(Amount, Currency)),
        "refund" => -rates.Convert(new(Amount, Currency)),
        _ => 0,
    };
}

internal sealed record RevenueInput(IReadOnlyList<Transaction> Transactions, IReadOnlyList<string> ActiveCustomers, Dictionary<string, decimal> Fx)
{
    [JsonIgnore]
    public RevenueSums Sums => RevenueSums.None with
    {
        Total = Transactions.Sum(transaction => transaction.Net(new(Fx))),
        Customers = CustomerSet.Of(ActiveCustomers.Select(CustomerId.From)),
    };
}

internal sealed record MrrCustomer(decimal StartMrr, decimal EndMrr, string Currency, bool FormerCustomer = false);

internal sealed record MrrInput(IReadOnlyList<MrrCustomer> Customers, Dictionary<string, decimal> Fx)
{
    [JsonIgnore]
    public MrrMovements Sums
    {
        get
        {
            var rates = new ExchangeRates(Fx);
            return Customers.Aggregate(MrrMovements.None, (sums, customer) => sums + MrrMovements.Of(
                rates.Convert(new(customer.StartMrr, customer.Currency)), rates.Convert(new(customer.EndMrr, customer.Currency)), customer.FormerCustomer));
        }
    }
}

internal sealed record ImpressionsInput(IReadOnlyList<ImpressionFact> Shown, IReadOnlyList<ImpressionFact> Clicks)
{
    [JsonIgnore]
    public OfferSums Sums => OfferSums.Of(Shown, Clicks);
}

internal sealed record RevenueLine(RevenueKind Kind, decimal Amount, string Currency, bool Refund = false);

internal sealed record RevenueLinesInput(IReadOnlyList<RevenueLine> Lines, Dictionary<string, decimal> Fx)
{
    [JsonIgnore]
    public RevenueSums Sums
    {
        get
        {
            var rates = new ExchangeRates(Fx);
            return Lines.Aggregate(RevenueSums.None, (sums, line) => sums + RevenueSums.Of(rates.Convert(new(line.Amount, line.Currency)), line.Kind, line.Refund));
        }
    }
}

internal sealed record ReturnedOrder(DateOnly Ordered, DateOnly? Returned = null);

internal sealed record ReturnsInput(IReadOnlyList<ReturnedOrder> Orders, DateOnly AsOf, int WindowDays = 30)
{
    [JsonIgnore]
    public MaturedSums Sums => Orders.Aggregate(default(MaturedSums), (sums, order) => sums + MaturedSums.Return(order.Ordered, order.Returned, AsOf, WindowDays));
}

internal sealed record CustomerActivity(DateOnly First, IReadOnlyList<DateOnly> Activity);

internal sealed record RetentionInput(IReadOnlyList<CustomerActivity> Customers, DateOnly AsOf, int Day = 30, int ToleranceDays = 7)
{
    [JsonIgnore]
    public MaturedSums Sums => Customers.Aggregate(
        default(MaturedSums), (sums, customer) => sums + MaturedSums.Retention(customer.First, customer.Activity, AsOf, Day, ToleranceDays));
}

internal sealed record ExposedUnit(DateOnly Exposed, IReadOnlyList<Transaction> Transactions);

internal sealed record LifetimeValueInput(IReadOnlyList<ExposedUnit> Units, DateOnly AsOf, Dictionary<string, decimal> Fx, int Days = 90)
{
    [JsonIgnore]
    public MaturedSums Sums
    {
        get
        {
            var rates = new ExchangeRates(Fx);
            return Units.Aggregate(default(MaturedSums), (sums, unit) => sums + MaturedSums.LifetimeValue(
                unit.Exposed, unit.Transactions.Select(transaction => (transaction.Date ?? unit.Exposed, transaction.Net(rates))), AsOf, Days));
        }
    }
}
