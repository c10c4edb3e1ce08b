using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Expansion.Engine;
using Expansion.Engine.Timing.Signals;

namespace Expansion.Connectors.Billing;

/// <summary>
/// Reads Stripe's events. They come in any order and more than once: every signal carries the event's time and an id made of the event's, so that the newest word counts, once.
/// </summary>
public static class StripeEvents
{
    private static readonly JsonSerializerOptions Reading = new(ExpansionJson.Options) { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    private static readonly string[] Ended = ["canceled", "unpaid", "incomplete_expired", "paused"];
    private static readonly string[] Paying = ["active", "past_due"];
    private static readonly string[] MetadataPaths = ["metadata", "parent.subscription_details.metadata", "subscription_details.metadata"];

    /// <exception cref="JsonException">The body is no event of Stripe's.</exception>
    public static StripeEvent Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<StripeEvent>(body, Reading) is { Id: { Length: > 0 }, Type: not null, Data.Subject.ValueKind: JsonValueKind.Object } parsed && IsTime(parsed.Created)
            ? parsed
            : throw new JsonException("An event has an id, a type, a time and data.object.");

    /// <param name="customerMetadata">The name of the metadata that holds the customer's id.</param>
    /// <returns>Null for what is of no use to us.</returns>
    /// <exception cref="JsonException">The object isn't what the type says.</exception>
    public static ToldEvent? Read(StripeEvent stripe, string? customerMetadata = null)
    {
        var reader = new EventReader(stripe, customerMetadata);
        return stripe.Type switch
        {
            _ when stripe.Type.StartsWith("customer.subscription.", StringComparison.Ordinal) && stripe.Type != "customer.subscription.trial_will_end" =>
                reader.Subscription(stripe.Data.Subject.Deserialize<StripeSubscription>(Reading)!),
            "invoice.paid" => reader.Paid(stripe.Data.Subject.Deserialize<StripeInvoice>(Reading)!),
            "invoice.payment_failed" => reader.One(stripe.Data.Subject.Deserialize<StripeInvoice>(Reading)!.Customer, (id, customer, at) => new PaymentFailed { Id = id, Customer = customer, At = at }),
            "invoice.upcoming" => reader.Upcoming(stripe.Data.Subject.Deserialize<StripeInvoice>(Reading)!),
            "price.updated" => reader.Price(stripe.Data.Subject.Deserialize<StripePrice>(Reading)!),
            "billing.alert.triggered" => reader.Alert(stripe.Data.Subject.Deserialize<StripeAlertTriggered>(Reading)!),
            _ => null,
        };
    }

    /// <summary>
    /// What all items bring a month, less the coupons that last; what is billed by usage isn't known beforehand, and a coupon for one invoice takes nothing off what recurs.
    /// A fixed sum comes off each invoice, which is as often as the items are billed.
    /// </summary>
    internal static Money? MonthlyRevenue(IReadOnlyList<StripeItem> items, IEnumerable<StripeCoupon> coupons)
    {
        var currency = items.Select(item => item.Price?.Currency).FirstOrDefault(code => code is not null)?.ToUpperInvariant();
        if (currency is null)
        {
            return null;
        }

        var billed = items.Where(item => !item.IsMetered).ToList();
        var list = billed.Sum(item => (item.Price?.Amount ?? 0) * (item.Quantity ?? 1) * PerMonth(item.Price?.Recurring));
        var net = coupons.Where(coupon => coupon.Duration is "forever" or "repeating").Aggregate(list, (left, coupon) => coupon switch
        {
            { PercentOff: { } percent } => left * (1 - (Math.Clamp(percent, 0, 100) / 100)),
            { AmountOff: { } amount } when currency.Equals(coupon.Currency, StringComparison.OrdinalIgnoreCase) => left - (amount * PerMonth(billed.FirstOrDefault()?.Price?.Recurring)),
            _ => left,
        });
        return new(decimal.Round(Math.Max(0, net) / Currencies.UnitsIn(currency), 4), currency);
    }

    /// <summary>
    /// What a paid invoice brings a month, net of what came off it: the lines of a period that is ahead, each by its length, since invoices don't name the interval. Usage is billed for the period
    /// before, and a proration for a part of one: neither recurs. Null unless something came off that is named by its id alone: else the subscription itself tells more.
    /// </summary>
    internal static Money? MonthlyRevenue(StripeInvoice invoice, long paidAt)
    {
        var lines = (invoice.Lines?.All ?? []).Where(line => !line.IsProration && line.Period is { Start: { } start, End: { } end } && IsTime(start) && IsTime(end) && end > start && end > paidAt).ToList();
        return lines.Count == 0 || invoice is not { HasUnknownDiscount: true, SubscriptionId: not null, Currency: { Length: > 0 } code }
            ? null
            : new(decimal.Round(Math.Max(0, lines.Sum(line => line.Net / Months(line.Period!))) / Currencies.UnitsIn(code.ToUpperInvariant()), 4), code.ToUpperInvariant());
    }

    /// <summary>Whole months where the period is of some, as billing has them; else its share of a year.</summary>
    private static decimal Months(StripePeriod period)
    {
        var (start, end) = (DateTimeOffset.FromUnixTimeSeconds(period.Start!.Value), DateTimeOffset.FromUnixTimeSeconds(period.End!.Value));
        var months = (int)Math.Round((end - start).TotalDays * 12 / 365);
        return months > 0 && Math.Abs((start.AddMonths(months) - end).TotalDays) <= 3 ? months : (decimal)(end - start).TotalDays * 12 / 365;
    }

    private static decimal PerMonth(StripeRecurring? recurring) => recurring?.Interval switch
    {
        "year" => 1m / 12,
        "week" => 52m / 12,
        "day" => 365m / 12,
        _ => 1m,
    } / Math.Max(1, recurring?.IntervalCount ?? 1);

    private static DateTimeOffset? Time(long? seconds) => seconds is { } known && IsTime(known) ? DateTimeOffset.FromUnixTimeSeconds(known) : null;

    private static bool IsTime(long seconds) => seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private sealed class EventReader(StripeEvent stripe, string? customerMetadata)
    {
        private readonly DateTimeOffset _at = DateTimeOffset.FromUnixTimeSeconds(stripe.Created);

        public ToldEvent? One(ExpandableId? customer, Func<string, CustomerId, DateTimeOffset, Signal> signal) =>
            Customer(customer) is { } known ? new() { Signals = [signal(stripe.Id, known, _at)] } : null;

        public ToldEvent? Subscription(StripeSubscription subscription)
        {
            if (Customer(subscription.Customer) is not { } customer || subscription is not { Id: { } id, Items.All: [{ Price.Plan: { } plan }, ..] items })
            {
                return null;
            }

            var mrr = MonthlyRevenue(items, subscription.Coupons);
            var over = stripe.Type == "customer.subscription.deleted" || subscription.IsPaused || Ended.Contains(subscription.Status);
            var ending = over || subscription.CancelAtPeriodEnd == true || subscription.CancelAt is not null;
            var paying = !over && Paying.Contains(subscription.Status);
            return new()
            {
                Signals = ending
                    ? [new SubscriptionCancelled(Time(over ? subscription.EndedAt ?? subscription.CancelAt : subscription.CancelAt ?? subscription.PeriodEnd)) { Id = stripe.Id, Customer = customer, At = _at }]
                    : [.. Active(subscription, id, customer, Terms(plan, items, subscription.HasUnknownDiscount ? null : mrr)), .. PriceChanges(items, customer)],
                Customer = customer,
                Subscription = id,
                // Of a discount that is named by its id alone nothing is known but that the list price isn't paid: what is paid comes with the invoice.
                Revenue = mrr is { } known && !(paying && subscription.HasUnknownDiscount) ? new(_at, paying ? known : known * 0) : null,
            };
        }

        /// <summary>A renewal tells until when it is paid; another invoice only that it is.</summary>
        public ToldEvent? Paid(StripeInvoice invoice) => Customer(invoice.Customer) is { } customer
            ? new()
            {
                Customer = customer,
                Subscription = invoice.SubscriptionId,
                Revenue = MonthlyRevenue(invoice, stripe.Created) is { } mrr ? new(_at, mrr) : null,
                Signals =
                [
                    new PaymentSucceeded { Id = stripe.Id, Customer = customer, At = _at },
                    .. invoice.BillingReason == "subscription_cycle" && invoice.Lines?.All.Select(line => line.Period?.End).Max() is { } end
                        ? new Signal[] { new SubscriptionRenewed(Time(end)) { Id = $"{stripe.Id}:renewal", Customer = customer, At = _at } }
                        : [],
                ],
            }
            : null;

        /// <summary>The period that ends is the one before the renewal.</summary>
        public ToldEvent? Upcoming(StripeInvoice invoice) =>
            invoice.PeriodEnd is { } end ? One(invoice.Customer, (id, customer, at) => new SubscriptionRenewed(Time(end)) { Id = id, Customer = customer, At = at }) : null;

        public ToldEvent? Price(StripePrice price)
        {
            var before = Previous<StripePrice>()?.Amount;
            return before is { } from && price is { Plan: { } plan, Amount: { } to, Currency: { } currency }
                ? new() { Signals = [PriceChange(stripe.Id, plan, Signal.Everybody, from, to, currency)] }
                : null;
        }

        public ToldEvent? Alert(StripeAlertTriggered alert) => alert is { Value: { } used, Alert: { Title: { Length: > 0 } metric, UsageThreshold.Gte: { } limit } }
            ? One(alert.Customer, (id, customer, at) => new UsageRecorded(metric, 0, used, limit) { Id = id, Customer = customer, At = at })
            : null;

        private IEnumerable<Signal> Active(StripeSubscription subscription, string id, CustomerId customer, PlanTerms terms)
        {
            var renews = Time(subscription.PeriodEnd);
            if (Time(subscription.StartDate) is { } started)
            {
                yield return new SubscriptionStarted(terms, renews) { Id = $"{id}:started", Customer = customer, At = started };
            }

            yield return new PlanChanged(terms) { Id = $"{stripe.Id}:plan", Customer = customer, At = _at };
            if (renews is not null)
            {
                yield return new SubscriptionRenewed(renews) { Id = $"{stripe.Id}:renewal", Customer = customer, At = _at };
            }
        }

        /// <summary>The same product, paid as often, costs something else now.</summary>
        private IEnumerable<Signal> PriceChanges(IReadOnlyList<StripeItem> items, CustomerId customer) =>
            from item in items
            from old in Previous<StripeSubscription>()?.Items?.All ?? []
            where item.Id == old.Id
            let change = item.Price is { Amount: { } to, Plan: { } plan, Currency: { } currency } now && old.Price is { Amount: { } @from } then
                && to != @from && now.Product == then.Product && currency == then.Currency && now.Recurring == then.Recurring
                ? PriceChange($"{stripe.Id}:{item.Id}", plan, customer, @from, to, currency)
                : null
            where change is not null
            select change;

        private PriceChanged PriceChange(string id, string plan, CustomerId customer, decimal from, decimal to, string currency)
        {
            var (code, units) = (currency.ToUpperInvariant(), Currencies.UnitsIn(currency.ToUpperInvariant()));
            return new(plan, new(from / units, code), new(to / units, code)) { Id = id, Customer = customer, At = _at };
        }

        /// <summary>Allowances stand in the price's metadata, as seat_limit: 10.</summary>
        private static PlanTerms Terms(string plan, IReadOnlyList<StripeItem> items, Money? mrr)
        {
            const string Limit = "_limit";
            var limits = items.SelectMany(item => item.Price?.Metadata ?? new Dictionary<string, JsonElement>())
                .Where(entry => entry.Key.EndsWith(Limit, StringComparison.Ordinal) && double.TryParse(entry.Value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                .DistinctBy(entry => entry.Key)
                .ToDictionary(entry => entry.Key[..^Limit.Length], entry => double.Parse(entry.Value.ToString(), CultureInfo.InvariantCulture));
            return new(plan, mrr, items[0].Price?.Recurring?.Interval == "year" ? BillingInterval.Year : BillingInterval.Month, Limits: limits.Count == 0 ? null : limits);
        }

        private T? Previous<T>()
            where T : class => stripe.Data.PreviousAttributes is { ValueKind: JsonValueKind.Object } before ? before.Deserialize<T>(Reading) : null;

        private CustomerId? Customer(ExpandableId? customer)
        {
            var own = customerMetadata is null ? null : MetadataPaths
                .Select(path => Find(stripe.Data.Subject, $"{path}.{customerMetadata}")).FirstOrDefault(text => text is not null);
            return (own ?? customer?.Id) is { Length: > 0 and <= CustomerId.MaxLength } id ? new CustomerId(id) : null;
        }

        private static string? Find(JsonElement json, string path)
        {
            foreach (var name in path.Split('.'))
            {
                if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
                {
                    return null;
                }
            }

            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
    }
}
