using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Timing;

[Trait("Category", "Azurite")]
public sealed class EventsApiTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task ReceiveEvents_One_IsTakenIntoAccountOnce()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        const string Use = """{"type":"usage_recorded","id":"u1","customer":"ann","at":"2026-03-10T11:00:00Z","metric":"calls","amount":5}""";

        using var answer = await shop.SendAsync(Use);
        await shop.TellAsync(Use, Use);
        await shop.TellAsync(Use.Replace("u1", "u2", StringComparison.Ordinal));

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(10, (await shop.CustomerAsync()).Usage.Metrics["calls"].Days.Days.Values.Sum());
    }

    [Theory]
    [InlineData("""{"type":"cart_changed"}""", "$.id", "is missing")]
    [InlineData("""{"type":"usage"}""", "$.type", "must be one of usage_recorded, feature_used")]
    [InlineData("""[{"type":"payment_failed","id":"1","customer":"a","at":"2026-03-10T11:00:00Z"},{"type":"payment_failed","id":"1","customer":"a","at":"2026-03-10"}]""", "$[1].at", "must be a time such as 2026-03-01T09:30:00Z")]
    [InlineData("""{"type":"payment_failed","id":"1","customer":"a","at":"2026-03-10T12:10:01Z"}""", "$.at", "is more than 10 minutes in the future")]
    [InlineData("""{"type":"payment_failed","id":"1","customer":"a","at":"2026-03-10T11:00:00Z","colour":"red"}""", "$.colour", "is not known; there are type, ")]
    [InlineData("""{"type":"review_posted","id":"1","customer":"a","at":"2026-03-10T11:00:00Z","rating":6}""", "$.rating", "must be from 1 to 5")]
    [InlineData("""{"type":"payment_failed","id":"1","customer":"*","at":"2026-03-10T11:00:00Z"}""", "$.customer", "can be \"*\" in price_changed only")]
    public async Task ReceiveEvents_Mistake_IsNamedWithItsPathAndNothingIsTaken(string events, string path, string reason)
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var answer = await shop.SendAsync(events);

        Assert.Equal(400, (int)answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["errors"]!;
        Assert.StartsWith(reason, (string)errors[path]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReceiveEvents_BadBodyOrShop_SaysWhatToDo()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var broken = await shop.SendAsync("{");
        using var elsewhere = await shop.Client.PostAsJsonAsync("/api/events?shop=tea.example", new { }, TestContext.Current.CancellationToken);
        using var many = await shop.SendAsync($"[{string.Join(',', Enumerable.Repeat("{}", 501))}]");

        Assert.Equal(400, (await Problem.OfAsync(broken)).Status);
        Assert.Equal((404, "There is no shop 'tea.example'. Import its orders, or add it with PUT /api/shops/{shop}/settings."), await Problem.OfAsync(elsewhere));
        Assert.Equal(400, (int)many.StatusCode);
    }

    [Fact]
    public async Task ReceiveEvents_MoreThan1000AnHourOfOneCustomer_AreRefusedUntilTheNextHour()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await SendManyAsync("ann", 0, 500, 202);
        await SendManyAsync("ann", 500, 500, 202);

        await SendManyAsync("ann", 1000, 1, 429);
        using var mixed = await shop.SendAsync($"[{Use("ann", 1000)},{Use("bob", 1)}]");
        var answer = (await mixed.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        shop.Time.Advance(TimeSpan.FromHours(1));
        await SendManyAsync("ann", 1000, 1, 202);

        Assert.Equal((202, 1, """["ann"]"""), ((int)mixed.StatusCode, (int)answer["accepted"]!, answer["refused_customers"]!.ToJsonString()));
        await Eventually.TrueAsync(async () => (await shop.CustomerAsync()).Usage.Metrics.GetValueOrDefault("calls")?.Days.Days.Values.Sum() == 1001, "all that was accepted is counted");

        async Task SendManyAsync(string customer, int from, int count, int expected)
        {
            using var sent = await shop.SendAsync($"[{string.Join(',', Enumerable.Range(from, count).Select(number => Use(customer, number)))}]");
            Assert.Equal(expected, (int)sent.StatusCode);
        }

        static string Use(string customer, int number) =>
            $$"""{"type":"usage_recorded","id":"{{number}}","customer":"{{customer}}","at":"2026-03-10T11:00:00Z","metric":"calls","amount":1}""";
    }

    [Fact]
    public async Task GetEventSchema_Anybody_GetsEveryTypeWithItsLimits()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        var schema = await shop.GetAsync("events/schema");

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Assert.Equal(25, schema["oneOf"]!.AsArray().Count);
        var review = schema["$defs"]!["review_posted"]!;
        Assert.Equal((1, 5), ((int)review["properties"]!["rating"]!["minimum"]!, (int)review["properties"]!["rating"]!["maximum"]!));
        Assert.False((bool)review["additionalProperties"]!);
    }
}
