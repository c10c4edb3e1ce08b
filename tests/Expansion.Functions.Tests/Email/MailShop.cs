using System.Net.Http.Json;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers;
using Expansion.Engine.Outbox;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Shops;
using Expansion.Functions.Outbox;
using Expansion.Testing;
using Expansion.Testing.Smtp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Expansion.Functions.Tests.Email;

/// <summary>A shop that sends offers by mail through a real SMTP server. Each try is made on the test's own clock, which stands at noon on a Monday.</summary>
internal sealed class MailShop(string account)
{
    public static readonly ShopId Shop = ShopId.From("coffee.example");

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public async Task<TestHost> HostAsync(int port, string password = "pass")
    {
        var host = await TestHost.StartAsync(account, new()
        {
            Time = Time,
            Settings = new Dictionary<string, string?>
            {
                ["Email:PublicUrl"] = "https://expansion.example",
                ["Email:LinkKeys:0"] = "0123456789abcdef0123456789abcdef",
                ["Email:Senders:0:Shop"] = Shop.Value,
                ["Email:Senders:0:Host"] = "127.0.0.1",
                ["Email:Senders:0:Port"] = port.ToString(null, null),
                ["Email:Senders:0:Security"] = "None",
                ["Email:Senders:0:User"] = "user",
                ["Email:Senders:0:Password"] = password,
                ["Email:Senders:0:From"] = "Coffee <offers@coffee.example>",
                ["Email:Senders:0:PostalAddress"] = "Coffee Ltd, 1 Main Street",
                ["Email:Senders:0:ProductUrl"] = "https://coffee.example/products/{sku}",
            },
        });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        return host;
    }

    public async Task AgreeAsync(TestHost host, string address, string? locale = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await host.Client.PutAsJsonAsync($"/api/shops/{Shop}/contacts/7001", new { email = address, name = "Ada", locale, email_consent = true }, Stop);
    }

    public async Task<string> DispatchAsync(TestHost host)
    {
        var now = Time.GetUtcNow();
        var id = $"{DateTimeOffset.MaxValue.UtcTicks - now.UtcTicks:x16}-{7001:x16}";
        var chosen = new ChosenOffer(
            OfferKind.CrossSell, "GR/1", "Grinder <b>", new(89, "EUR"), new(ValueProposition.Convenience, PricingFrame.Plain, "post_purchase"), "post_purchase", "Bought with beans by many.", []);
        var decision = new Decision(id, new("7001"), now, Touchpoint.PostPurchaseEmail, chosen, "Seven days after the purchase.");
        await host.Services.GetRequiredService<IOfferLedger>().AddAsync(Shop, [decision], Stop);
        await host.Services.GetRequiredService<OfferDispatch>().SendAsync(Shop, [decision], Stop);
        return id;
    }

    public async Task<OutboxItem> StepAsync(TestHost host, string offer, bool alive = true)
    {
        var key = new OutboxKey(Shop, "email", offer);
        var item = (await host.Services.GetRequiredService<IOutboxStore>().FindAsync(key, Stop))!.Item;
        if (item is { State: OutboxState.Pending, Trying: false } && item.NextAt > Time.GetUtcNow())
        {
            Time.SetUtcNow(item.NextAt);
        }

        item = await host.Services.GetRequiredService<OutboxSender>().TryAsync(key, Stop) ?? item;
        Assert.False(item.State == OutboxState.Dead && alive, item.Reason);
        return item;
    }

    public async Task<OutboxItem> TryUntilAsync(TestHost host, string offer, OutboxState state)
    {
        OutboxItem? item = null;
        await Eventually.TrueAsync(async () => (item = await StepAsync(host, offer, state != OutboxState.Dead)).State == state, $"the mail is {state}");
        return item!;
    }

    public static Task<MailSuppression?> SuppressionAsync(TestHost host, string address) =>
        host.Services.GetRequiredService<IMailSuppressionStore>().FindAsync(Shop, MailAddressHash.Of(address), Stop);

    public static MimeMessage Message(SmtpMail mail)
    {
        using var raw = new MemoryStream(mail.Raw);
        return MimeMessage.Load(raw);
    }
}
