using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Expansion.Connectors.Billing;
using Expansion.Connectors.Email;
using Expansion.Connectors.Shopify;
using Expansion.Connectors.Shopify.Topics;
using Expansion.Connectors.Webhooks;
using Expansion.Engine;
using Expansion.Engine.Offers.Pricing.Presentation;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing.Rules;
using Expansion.Engine.Timing.Signals;
using Expansion.Functions.Affinity;
using Expansion.Functions.Offers;
using Expansion.Storage.Queues;

namespace Expansion.Cli.Fuzzing;

/// <summary>Every parser of bytes from outside. A new one is a line here.</summary>
internal static class FuzzTargets
{
    private const string Order = """
        {"id":450789469,"admin_graphql_api_id":"gid:\/\/shopify\/Order\/450789469","cancelled_at":null,"created_at":"2026-03-01T05:00:00-05:00","updated_at":"2026-03-01T05:00:00-05:00","currency":"USD",
        "customer":{"id":115310627314723954},"financial_status":"paid","test":false,"refunds":[{"id":1,"created_at":"2026-03-02T05:00:00-05:00","refund_line_items":[{"line_item_id":7,"quantity":1}]}],
        "line_items":[{"id":7,"current_quantity":1,"discount_allocations":[{"amount":"1.00"}],"name":"Beans","price":"10.00","product_id":9,"quantity":2,"sku":"beans","title":"Beans","variant_id":null}]}
        """;

    private const string Refund = """
        {"id":929361464,"order_id":450789469,"created_at":"2026-03-02T05:00:00-05:00","processed_at":"2026-03-02T05:00:00-05:00","refund_line_items":[{"id":1,"line_item_id":7,"quantity":1,"subtotal":"10.00","line_item":{"id":7,"sku":"beans","quantity":2}}],"transactions":[]}
        """;

    private const string Signal = """{"id":"e1","kind":"usage","customer":"42","at":"2026-03-01T05:00:00Z","metric":"seats","value":9,"limit":10}""";

    private const string RuleText = """
        {"id":"beans","when":{"all":[{"bought":"beans"},{"days_since":{"order":1},"at_least":7},{"cart_total":{"from":75,"to":95}}]},"offer":{"skus":["filters"]},"touchpoint":"cart_page"}
        """;

    private const string Csv = "order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price\n1,7,2026-03-01T05:00:00Z,beans,\"Beans, 1 kg\",2,10.00\n2,,2026-03-02,filters,\"a \"\"b\"\"\",1,3\n";

    private const string ShopifyCsv =
        "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Id\n"
        + "#1001,,paid,2026-03-01 05:00:00 -0500,USD,20,20,2026-03-01 05:00:00 -0500,2,Beans,10.00,beans,,450789469\n#1001,,,,,,,2026-03-01 05:00:00 -0500,1,Filters,3.00,filters,,\n";

    private const string Listing = """
        {"id":632910392,"admin_graphql_api_id":"gid:\/\/shopify\/Product\/632910392","title":"Beans","product_type":"coffee","vendor":"Hafenlicht","tags":"dark, beans","status":"active","updated_at":"2026-03-01T05:00:00-05:00",
        "variants":[{"id":808950810,"sku":"beans","price":"10.00","inventory_quantity":5,"title":"1 kg"}],"token":"c1","email":null,"customer":{"id":7},"shop_domain":"coffee.myshopify.com","shop_id":1}
        """;

    private const string Subscription = """
        {"id":"evt_1","type":"customer.subscription.updated","created":1760000000,"livemode":false,"data":{"object":{"id":"sub_1","customer":"cus_1","status":"active","cancel_at_period_end":false,
        "items":{"data":[{"quantity":2,"price":{"id":"price_1","currency":"usd","unit_amount":1000,"recurring":{"interval":"month","interval_count":1,"usage_type":"licensed"}}}]},"metadata":{"customer":"42"}},"previous_attributes":{"items":{"data":[]}}}}
        """;

    private const string Invoice = """
        {"id":"evt_2","type":"invoice.paid","created":1760000000,"livemode":false,"data":{"object":{"id":"in_1","customer":"cus_1","currency":"usd","amount_paid":1000,"lines":{"data":[{"amount":1000,"quantity":1}]}}}}
        """;

    private const string Bounced = "From: mailer@example.com\r\nTo: us@example.com\r\nSubject: failed\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.com\r\n\r\nFinal-Recipient: rfc822; ada@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n";

    private static readonly ShopId Shop = ShopId.From("coffee.myshopify.com");

    public static IReadOnlyList<FuzzTarget> Create(CliApp app)
    {
        var files = app.Get<IOrderFiles>();
        return
        [
            .. app.Get<IEnumerable<IShopifyTopic>>().Select(topic => new FuzzTarget(
                topic.Topics.Order(StringComparer.Ordinal).First(), [Bytes(Order), Bytes(Refund), Bytes(Listing)],
                body => Refusing<JsonException>(() => topic.Read(new(Shop, topic.Topics.First(), "delivery", null, body))))),
            new("stripe", [Bytes(Subscription), Bytes(Invoice)], body => Refusing<JsonException>(() => StripeEvents.Read(StripeEvents.Parse(body)))),
            new("stripe-signature", [Bytes("t=1760000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd")], text => StripeSignature.Verify("body"u8, Encoding.Latin1.GetString(text), ["whsec"], DateTimeOffset.UnixEpoch)),
            new("signed-event", [Bytes("""{"type":"account.updated","timestamp":"2026-03-01T05:00:00Z","data":{"account_id":"7","email":"a@example.com","name":"Ada"}}"""), Bytes(Signal)], ReadEvent),
            new("proxy-signature", [Bytes("?shop=coffee.myshopify.com&timestamp=1760000000&logged_in_customer_id=7&path_prefix=%2Fapps%2Fx&signature=4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb")],
                text => ShopifyProxySignature.Verify(Encoding.Latin1.GetString(text), _ => ["secret"], DateTimeOffset.UnixEpoch)),
            new("bounce", [Bytes(Bounced)], mail => Refusing<FormatException>(() => BounceReport.Read(new MemoryStream(mail)))),
            new("signature", [Bytes("/gYtM4aMDEkTWLxwM4iFq3LwAuXhKwE5E7m3eRmW2m4="), Bytes("")], text => ShopifySignature.Verify("body"u8, Encoding.Latin1.GetString(text), ["secret"])),
            new("csv", [Bytes(Csv), Bytes(ShopifyCsv)], file => ReadCsv(files, file)),
            new("csv-gzip", [Gzip(Csv), Gzip(ShopifyCsv)], file => ReadCsv(files, file)),
            new("signal", [Bytes(Signal), .. Examples()], json => WithJson(json, element => SignalSchema.Read(element))),
            new("rule", [Bytes(RuleText)], json => WithJson(json, element => RuleParser.Parse(element))),
            new("template", [Bytes("{% if saving %}Save {{ saving }}{% else %}{{ name | upcase }}{% endif %}"), Bytes("{{ name }}")], text => Template(Encoding.UTF8.GetString(text)).Validate()),
            new("cursor", [Bytes(new PairsCursor("20260301-1", new Sku("beans"), new Sku("filters")).ToString())], text => PairsCursor.Parse(Encoding.UTF8.GetString(text))),
            new("offer-question", [Bytes("""{"shop":"coffee.example","customer":"42","touchpoint":"cart_page","cart":{"total":{"amount":12.5,"currency":"USD"},"skus":["beans"]}}""")], ReadQuestion),
            new("settings", [Bytes(JsonSerializer.Serialize(new ShopSettings(), ExpansionJson.Options))], json => Refusing(() => JsonSerializer.Deserialize<ShopSettings>(json, ExpansionJson.Options)?.Validate())),
            new("traceparent", [Bytes("""{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","shop":"a"}""")], body => MessageTrace.ParentOf(body)),
            new("mcp", [.. McpRequests.All.Select(Bytes)], body => McpRequests.Answer(app, body)),
            new("shop-id", [Bytes("coffee.myshopify.com")], text => ShopId.TryFrom(Encoding.UTF8.GetString(text), out _)),
        ];
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The kinds of signal that the schema's own document names.</summary>
    private static IEnumerable<byte[]> Examples() => [Bytes(SignalSchema.Document.ToJsonString()[..Math.Min(4000, SignalSchema.Document.ToJsonString().Length)])];

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Bytes(text));
        }

        return packed.ToArray();
    }

    private static void ReadEvent(byte[] json) => Refusing<JsonException>(() =>
    {
        using var document = JsonDocument.Parse(json);
        ProductEvents.Read(document.RootElement, "delivery");
    });

    private static void ReadCsv(IOrderFiles files, byte[] file)
    {
        try
        {
            using var orders = files.Open(new MemoryStream(file), null, new(), DateTimeOffset.UnixEpoch.AddYears(57));
            foreach (var _ in orders.Refusal is null ? orders.Lines(new NoRejects()) : [])
            {
                // Read to the end is all that is asked.
            }
        }
        catch (InvalidDataException)
        {
            // A damaged file, as its reader promises to say.
        }
    }

    private static void WithJson(byte[] json, Action<JsonElement> read) => Refusing(() =>
    {
        using var document = JsonDocument.Parse(json);
        read(document.RootElement);
    });

    private static void ReadQuestion(byte[] json)
    {
        OfferQuestion? question = null;
        Refusing(() => question = JsonSerializer.Deserialize<OfferQuestion>(json, ExpansionJson.Options));
        question?.Mistake();
    }

    private static PresentationTemplate Template(string copy) => new("en", OfferKind.Companion, CopyStyle.Benefit, copy, copy, copy, copy);

    /// <summary>Every caller answers these two with 400.</summary>
    private static void Refusing(Action parse) => Refusing<FormatException>(() => Refusing<JsonException>(parse));

    private static void Refusing<TRefusal>(Action parse)
        where TRefusal : Exception
    {
        try
        {
            parse();
        }
        catch (TRefusal)
        {
            // Refused, as it should be.
        }
    }

    private sealed class NoRejects : IImportRejects
    {
        public void Add(long line, string reason, string text)
        {
        }
    }
}
