using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Engine.Contacts;
using Expansion.Engine.Outbox;
using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Expansion.Functions.Outbox;
using Expansion.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Crm;

/// <summary>Opportunities on their way into an Odoo that isn't always there, and what became of them on the way back. Each try is made on the test's own clock.</summary>
[Trait("Category", "Azurite")]
public sealed class OpportunityTests(AzuriteFixture azurite)
{
    private static readonly ShopId Shop = ShopId.From("coffee.example");
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("19.0", "Auto")]
    [InlineData("17.0", "Auto")]
    [InlineData("19.0", "JsonRpc")]
    public async Task Opportunity_OfAKnownCustomer_IsOneLeadWithPartnerRevenueReasonAndNextStep(string version, string protocol)
    {
        await using var odoo = await FakeOdoo.StartAsync();
        odoo.Version = version;
        odoo.Add("res.partner", new() { ["email_normalized"] = "ada@example.com", ["parent_id"] = new JsonArray(3, "Firm") });
        var partner = odoo.Add("res.partner", new() { ["email_normalized"] = "ada@example.com", ["parent_id"] = false });
        await using var host = await HostAsync(odoo, ("Protocol", protocol));
        await host.Services.GetRequiredService<IContactStore>().SaveAsync(Shop, new(new("7001"), _time.GetUtcNow()) { Email = "Ada@Example.com", Name = "Ada <b>" }, Stop);

        await CreateAsync(host);
        await CreateAsync(host);
        await TryUntilAsync(host, OutboxState.Delivered);

        var lead = Assert.Single(odoo.Records("crm.lead"));
        Assert.Equal(("Grinder for Ada <b>", "opportunity", "expansion:op_1", partner), ((string?)lead["name"], (string?)lead["type"], (string?)lead["referred"], (long?)lead["partner_id"]![0]));
        Assert.Equal(240m, (decimal?)lead["expected_revenue"]);
        Assert.Equal("<p>Customer: 7001</p><p>Product: Grinder (GR-1)</p><p>Why: Bought beans &amp; filters.</p><p>Next step: Call.</p>", (string?)lead["description"]);
    }

    [Fact]
    public async Task Opportunity_OfSomebodyNew_AddsThePartnerOnce()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        await host.Services.GetRequiredService<IContactStore>().SaveAsync(Shop, new(new("7001"), _time.GetUtcNow()) { Email = "Ada@Example.com" }, Stop);

        await CreateAsync(host);
        await CreateAsync(host, id: "op_2", currency: "EUR");
        await TryUntilAsync(host, OutboxState.Delivered);
        await TryUntilAsync(host, OutboxState.Delivered, "op_2");

        Assert.Equal("Ada@Example.com", (string?)Assert.Single(odoo.Records("res.partner"))["email"]);
        var foreign = odoo.Records("crm.lead").Single(lead => (string?)lead["referred"] == "expansion:op_2");
        Assert.Null(foreign["expected_revenue"]);
        Assert.Contains("Expected revenue: 240.00 EUR", (string)foreign["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opportunity_AnHourOfEveryTrouble_IsOneLeadInTheEnd()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        var end = _time.GetUtcNow().AddHours(1);
        (int, string)[] troubles =
        [
            (503, "down"), (429, ""), (502, "<html>"), (200, "<html>a proxy's page</html>"), (500, """{"name":"psycopg2.errors.SerializationFailure","message":"could not serialize access due to concurrent update","debug":""}"""),
            (200, """{"ids":false,"messages":[{"type":"error","message":"could not serialize access due to concurrent update"}]}"""),
        ];
        var next = 0;
        odoo.Fault = _ => _time.GetUtcNow() < end ? troubles[next++ % troubles.Length] : null;

        await CreateAsync(host);
        await TryUntilAsync(host, OutboxState.Delivered);

        Assert.Single(odoo.Records("crm.lead"));
        Assert.True(next >= troubles.Length, $"{next} tries met trouble");
    }

    [Fact]
    public async Task Opportunity_WrittenButTheAnswerLost_IsNotDoubled()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        await CreateAsync(host);
        await TryUntilAsync(host, OutboxState.Delivered);
        var store = host.Services.GetRequiredService<IOutboxStore>();
        var stored = (await store.FindAsync(new(Shop, "odoo", "op_1"), Stop))!;
        await store.TrySaveAsync(stored with { Item = stored.Item with { State = OutboxState.Pending, Trying = true, NextAt = _time.GetUtcNow() } }, Stop);

        await TryUntilAsync(host, OutboxState.Delivered);

        Assert.Single(odoo.Records("crm.lead"));
    }

    [Theory]
    [InlineData("""{"name":"builtins.ValueError","message":"Invalid field 'x' in 'crm.lead'","debug":"Traceback"}""", 500)]
    [InlineData("""{"name":"odoo.exceptions.AccessError","message":"You are not allowed to create","debug":"Traceback"}""", 403)]
    [InlineData("<!DOCTYPE html><title>404 Not Found</title>", 404)]
    [InlineData("""{"ids":false,"messages":[{"message":"'x' does not seem to be a number"}]}""", 200)]
    public async Task Opportunity_RefusedForGood_IsNotTriedAgainAndSaysWhy(string body, int status)
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo, ("Protocol", "Json2"));
        var asked = 0;
        odoo.Fault = request => request.Path.Contains("crm.lead/load", StringComparison.Ordinal) && asked++ >= 0 ? (status, body) : null;
        await CreateAsync(host);

        await TryUntilAsync(host, OutboxState.Dead);

        Assert.Equal(1, asked);
        var dead = (await host.Client.GetFromJsonAsync<JsonObject>($"/api/outbox/dead?shop={Shop}", Stop))!["items"]![0]!;
        Assert.StartsWith("Odoo", (string)dead["reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Traceback", (string)dead["reason"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Json2")]
    [InlineData("JsonRpc")]
    public async Task Opportunity_KeysRotated_TheOneThatWorksIsTaken(string protocol)
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo, ("Protocol", protocol), ("Keys:0", "ended"), ("Keys:1", "good"));
        await CreateAsync(host);

        await TryUntilAsync(host, OutboxState.Delivered);

        Assert.Single(odoo.Records("crm.lead"));
    }

    [Fact]
    public async Task Opportunity_NoKeyWorks_WaitsForANewOne()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        odoo.Keys.Clear();
        await CreateAsync(host);
        var sender = host.Services.GetRequiredService<OutboxSender>();
        await Eventually.TrueAsync(async () => (await sender.TryAsync(new(Shop, "odoo", "op_1"), Stop) ?? await FindAsync(host)).Reason is not null, "the key was refused");
        odoo.Keys.Add("good");

        await TryUntilAsync(host, OutboxState.Delivered);

        Assert.Single(odoo.Records("crm.lead"));
    }

    [Fact]
    public async Task Poll_WonAndLostLeads_BecomeSignalsOnce()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        await CreateAsync(host, offer: "offer-1");
        await CreateAsync(host, id: "op_2", offer: "offer-2", customer: "7002");
        await CreateAsync(host, id: "op_3", offer: "offer-3", customer: "7003");
        foreach (var id in new[] { "op_1", "op_2", "op_3" })
        {
            await TryUntilAsync(host, OutboxState.Delivered, id);
        }

        long Lead(string id) => (long)odoo.Records("crm.lead").Single(lead => (string?)lead["referred"] == $"expansion:{id}")["id"]!;
        odoo.Change("crm.lead", Lead("op_1"), new() { ["stage_id"] = new JsonArray(4, "Won"), ["write_date"] = "2026-11-23 12:00:10" });
        odoo.Change("crm.lead", Lead("op_2"), new() { ["active"] = false, ["probability"] = 0, ["write_date"] = "2026-11-23 12:00:11" });
        odoo.Change("crm.lead", Lead("op_3"), new() { ["active"] = false, ["probability"] = 30, ["write_date"] = "2026-11-23 12:00:12" });
        odoo.Add("crm.lead", new() { ["referred"] = "expansion:unknown", ["stage_id"] = new JsonArray(4, "Won"), ["write_date"] = "2026-11-23 12:00:13", ["active"] = true });

        await PollAsync(host);
        await PollAsync(host);

        var log = host.Services.GetRequiredService<ISignalLog>();
        await Eventually.TrueAsync(async () => await log.ReadAsync(Shop, _time.GetUtcNow().AddHours(-1), _time.GetUtcNow().AddHours(1), Stop).Select(signal => signal.Id).Distinct().CountAsync(Stop) == 2, "both ends were told");
        var signals = await log.ReadAsync(Shop, _time.GetUtcNow().AddHours(-1), _time.GetUtcNow().AddHours(1), Stop).Select(signal => (signal.Id, signal.Customer.Value, signal.GetType().Name)).Distinct().OrderBy(signal => signal.Id).ToListAsync(Stop);
        Assert.Equal([("odoo:op_1:won", "7001", "OfferConverted"), ("odoo:op_2:lost", "7002", "OfferDismissed")], signals);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 0, 13, TimeSpan.Zero), await host.Services.GetRequiredService<ICursorStore>().FindAsync(Shop, "odoo leads", Stop));
    }

    [Fact]
    public async Task Poll_WhileOdooIsDown_LosesNothing()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        await using var host = await HostAsync(odoo);
        odoo.Fault = _ => (503, "");

        await PollAsync(host);

        Assert.Null(await host.Services.GetRequiredService<ICursorStore>().FindAsync(Shop, "odoo leads", Stop));
        Assert.Contains(host.Log.Lines, line => line.Contains("can't be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slots_ProposedAppliedAndReverted_TouchOnlyTheirOwn()
    {
        await using var odoo = await FakeOdoo.StartAsync();
        odoo.Add("product.template", new() { ["accessory_product_ids"] = new JsonArray(102) }, 10);
        foreach (var (sku, id) in new[] { ("GR-1", 100), ("BR-1", 101), ("CL-1", 102), ("TW", 103), ("TW", 104) })
        {
            odoo.Add("product.product", new() { ["default_code"] = sku, ["product_tmpl_id"] = new JsonArray(10, "T") }, id);
        }

        await using var host = await HostAsync(odoo);
        string Slots() => string.Join(',', odoo.Records("product.template").Single()["accessory_product_ids"]!.AsArray());

        var proposed = await SendAsync(host, "crm/product-slots", new { slot = "accessory", product = "GR-1", partners = "BR-1 CL-1".Split(' ') }, 200);
        Assert.Equal(("proposed", "102"), ((string?)proposed["state"], Slots()));
        await SendAsync(host, $"crm/product-slots/{proposed["id"]}/apply", null, 400);
        var applied = await SendAsync(host, $"crm/product-slots/{proposed["id"]}/apply", null, 200, "&reviewer=mia");
        Assert.Equal(("applied", "mia", "102,101"), ((string?)applied["state"], (string?)applied["reviewed_by"], Slots()));
        odoo.Change("product.template", 10, new() { ["accessory_product_ids"] = new JsonArray(102, 101, 999) });

        Assert.Equal("reverted", (string?)(await SendAsync(host, $"crm/product-slots/{proposed["id"]}/revert", null, 200))["state"]);
        Assert.Equal("102,999", Slots());

        var twice = await SendAsync(host, "crm/product-slots", new { slot = "accessory", product = "GR-1", partners = "TW".Split(' ') }, 200);
        Assert.Contains("several", (string)(await SendAsync(host, $"crm/product-slots/{twice["id"]}/apply", null, 409, "&reviewer=mia"))["detail"]!, StringComparison.Ordinal);
        Assert.Contains("nothing to take back", (string)(await SendAsync(host, $"crm/product-slots/{twice["id"]}/revert", null, 409))["detail"]!, StringComparison.Ordinal);
        await SendAsync(host, "crm/product-slots", new { slot = "optional", product = "GR-1" }, 400);
        await SendAsync(host, "crm/product-slots/none/revert", null, 404);
    }

    [Fact]
    public async Task Opportunity_WithoutAConnection_IsRefused()
    {
        await using var host = await TestHost.StartAsync(azurite.NewAccount());
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);

        await SendAsync(host, "crm/opportunities", new { id = "op_1", customer = "7001", product = "GR-1", reason = "r", next_step = "n" }, 409);
    }

    private async Task<TestHost> HostAsync(FakeOdoo odoo, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Odoo:Connections:0:Shop"] = Shop.Value,
            ["Odoo:Connections:0:Url"] = odoo.Address.ToString(),
            ["Odoo:Connections:0:Database"] = "db",
            ["Odoo:Connections:0:Login"] = "bot",
            ["Odoo:Connections:0:Keys:0"] = "good",
        };
        foreach (var (name, value) in more)
        {
            settings[$"Odoo:Connections:0:{name}"] = value;
        }

        var host = await TestHost.StartAsync(azurite.NewAccount(), new() { Settings = settings, Time = _time });
        await host.Services.GetRequiredService<IShopStore>().EnsureAsync(Shop, Stop);
        return host;
    }

    private static Task<JsonObject> CreateAsync(TestHost host, string id = "op_1", string currency = "USD", string? offer = null, string customer = "7001") => SendAsync(
        host, "crm/opportunities",
        new { id, customer, product = "GR-1", product_title = "Grinder", expected_revenue = new { amount = 240.00m, currency }, reason = "Bought beans & filters.", next_step = "Call.", offer }, 202);

    private static async Task<JsonObject> SendAsync(TestHost host, string path, object? body, int status, string more = "")
    {
        using var answer = await host.Client.PostAsJsonAsync($"/api/{path}?shop={Shop}{more}", body, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }

    private static async Task PollAsync(TestHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<Functions.Crm.PollOpportunities>(scope.ServiceProvider).Run(new(), Stop);
    }

    private static async Task<OutboxItem> FindAsync(TestHost host, string id = "op_1") => (await host.Services.GetRequiredService<IOutboxStore>().FindAsync(new(Shop, "odoo", id), Stop))!.Item;

    private Task TryUntilAsync(TestHost host, OutboxState state, string id = "op_1") => Eventually.TrueAsync(
        async () =>
        {
            var item = await FindAsync(host, id);
            if (item is { State: OutboxState.Pending, Trying: false } && item.NextAt > _time.GetUtcNow())
            {
                _time.SetUtcNow(item.NextAt);
            }

            return (await host.Services.GetRequiredService<OutboxSender>().TryAsync(new(Shop, "odoo", id), Stop) ?? item).State == state;
        },
        $"the opportunity is {state}");
}
