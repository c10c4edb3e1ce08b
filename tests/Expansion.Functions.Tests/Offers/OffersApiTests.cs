using System.Net;
using System.Net.Http.Json;
using System.Text;
using Expansion.Functions.Tests.Timing;
using Expansion.Testing;
using static Expansion.Functions.Tests.Timing.SignalShop;

namespace Expansion.Functions.Tests.Offers;

[Trait("Category", "Azurite")]
public sealed class OffersApiTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task NextOffer_AtTheCart_IsOneWithItsWords_AndTheNextQuestionIsAnsweredWithSilence()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"));

        var offer = await shop.NextAsync(interaction: "page 1");
        var again = await shop.NextAsync(interaction: "page 1");
        var other = await shop.NextAsync(interaction: "page 2");

        Assert.Equal(("filters", "cross_sell", 12m), ((string?)offer["offer"]!["target"], (string?)offer["offer"]!["kind"], (decimal)offer["offer"]!["price"]!["amount"]!));
        Assert.Contains("Filters", (string?)offer["presentation"]!["headline"] + offer["presentation"]!["body"], StringComparison.Ordinal);
        Assert.Equal((string?)offer["id"], (string?)again["id"]);
        Assert.Null(other["offer"]);
        Assert.Equal("1 offers this day, 1 are allowed.", (string?)other["reason"]);
        Assert.Equal(["filters"], await shop.OffersAsync());
    }

    [Fact]
    public async Task NextOffer_CartInTheQuestion_NeedsNoSignal()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var answer = await PostAsync(shop, """{"shop":"coffee.example","customer":"zoe","touchpoint":"cart_page","locale":"de","cart":{"total":{"amount":20,"currency":"EUR"},"skus":["beans"]}}""");

        var offer = await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(TestContext.Current.CancellationToken);
        Assert.Equal(("filters", "de"), ((string?)offer!["offer"]!["target"], (string?)offer["presentation"]!["locale"]));
    }

    [Theory]
    [InlineData("""{"shop":"tea.example","customer":"a","touchpoint":"cart_page"}""", 404, "There is no shop 'tea.example'.")]
    [InlineData("""{"shop":"coffee.example","customer":"a","touchpoint":"moon"}""", 400, "The body can't be read: ")]
    [InlineData("""{"shop":"coffee.example","touchpoint":"cart_page"}""", 400, "The body can't be read: ")]
    [InlineData("""{"shop":"coffee.example","customer":"","touchpoint":"cart_page"}""", 400, "")]
    [InlineData("""{"shop":"coffee.example","customer":"a","touchpoint":"cart_page","locale":"q-q"}""", 400, "locale is 'q-q'; it must be a language")]
    [InlineData("{", 400, "The body can't be read: ")]
    public async Task NextOffer_BadQuestion_SaysWhatToDo(string question, int status, string detail)
    {
        await using var shop = await OpenAsync(azurite.NewAccount());

        using var answer = await PostAsync(shop, question);

        var problem = await Problem.OfAsync(answer);
        Assert.Equal(status, problem.Status);
        Assert.StartsWith(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OptOut_OfAChannel_IsImmediateAndOtherChannelsGoOn()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"), Response("offer_opted_out", "y", null, ",\"channel\":\"email\""));

        using var answer = await shop.SendAsync(Response("offer_opted_out", "x", null, ",\"channel\":\"web\""));
        var silence = await shop.NextAsync();
        await shop.TellAsync($$"""{"type":"review_posted","id":"r","customer":"ann","at":"{{Ago(TimeSpan.Zero)}}","rating":5}""");
        var inApp = await shop.NextAsync("in_app");

        Assert.Equal("The customer opted out of offers by Web on 2026-03-10.", (string?)silence["reason"]);
        Assert.Equal("filters", (string?)inApp["offer"]!["target"]);
    }

    [Fact]
    public async Task Rejection_IsSilenceFor75Days_ThenAnotherSide()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"));
        var first = await shop.NextAsync();
        await shop.TellAsync(Response("offer_impression", "i", first), Response("offer_dismissed", "d", first, ",\"reason\":\"too dear\""));

        shop.Time.Advance(TimeSpan.FromDays(74));
        await shop.TellAsync(Later("c2", 74));
        var silence = await shop.NextAsync();
        shop.Time.Advance(TimeSpan.FromDays(1.1));
        await shop.TellAsync(Later("c3", 75.1));
        var second = await shop.NextAsync();

        Assert.Null(silence["offer"]);
        Assert.NotEqual((string?)first["offer"]!["angle"]!["value"], (string?)second["offer"]!["angle"]!["value"]);
        var rejection = Assert.Single((await shop.CustomerAsync()).Offers.Rejections);
        Assert.Equal(("too dear", "cart_page", 80m), (rejection.Reason, rejection.Angle.Trigger, rejection.CartTotal?.Amount));

        static string Later(string id, double days) => Cart(id).Replace(Ago(TimeSpan.FromMinutes(1)), Ago(-TimeSpan.FromDays(days)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainOffer_Converted_TellsTheWholeStoryInWords()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(Cart("c1"));
        var offer = await shop.NextAsync();
        await shop.TellAsync(Response("offer_impression", "i", offer), Response("offer_click", "k", offer), Response("offer_converted", "y", offer, ",\"value\":{\"amount\":12,\"currency\":\"USD\"}"));

        var told = (await shop.GetAsync($"offers/{offer["id"]}/explain?shop={Id}"))["in_words"]!.AsArray().Select(line => (string)line!).ToList();

        Assert.Equal("On 2026-03-10 12:00 UTC, Filters was offered to ann at CartPage: The cart holds 1 product worth 80 USD.", told[0]);
        Assert.Contains("For it, cart_page: The cart holds 1 product worth 80 USD.", told);
        Assert.Contains("Could be offered: filters (CrossSell, affinity, score 0.50). Nothing speaks against it.", told);
        Assert.Contains("It was taken on 2026-03-10 12:00 UTC.", told);
        Assert.Equal("Decided with rules 0, model 1, experiment arm none.", told[^1]);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Client.GetAsync($"/api/offers/none/explain?shop={Id}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Client.GetAsync("/api/offers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task SevenDaysAfterAPurchase_TheOfferGoesOutInTheShopsSendingHours()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        // In Berlin at 23:00; a week later that is past the sending hours, the morning after isn't.
        await shop.TellAsync(Order(TimeSpan.FromHours(14)));

        await shop.ReleaseAsync(TimeSpan.FromDays(6.9) - TimeSpan.FromHours(14));
        Assert.Empty(await shop.OffersAsync());
        await shop.ReleaseAsync(TimeSpan.FromHours(3));
        await Eventually.TrueAsync(async () => (await shop.GetAsync($"offers?shop={Id}&customer=ann"))["decisions"]!.AsArray().Count == 1, "the silence of the night is on record");
        Assert.Empty(await shop.OffersAsync());
        await shop.ReleaseAsync(TimeSpan.FromHours(11));

        await Eventually.TrueAsync(async () => (await shop.OffersAsync()).Count == 1, "the offer is made");
        var made = Assert.Single((await shop.CustomerAsync()).Offers.Made);
        Assert.InRange(TimeZoneInfo.ConvertTime(made.At, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Hour, 9, 17);
    }

    [Fact]
    public async Task SuppressedMoment_IsReconsideredWhenTheReasonEnds()
    {
        await using var shop = await OpenAsync(azurite.NewAccount());
        await shop.TellAsync(
            Order(TimeSpan.FromDays(8)),
            $$"""{"type":"ticket_opened","id":"t1","customer":"ann","at":"{{Ago(TimeSpan.FromDays(1))}}","ticket":"7","severity":"critical"}""");
        await Eventually.TrueAsync(async () => (await shop.GetAsync($"offers?shop={Id}&customer=ann"))["decisions"]!.AsArray().Count > 0, "the suppressed moment is on record");
        Assert.Empty(await shop.OffersAsync());

        await shop.TellAsync($$"""{"type":"ticket_resolved","id":"t2","customer":"ann","at":"{{Ago(TimeSpan.Zero)}}","ticket":"7","satisfaction":5}""");

        await Eventually.TrueAsync(async () => (await shop.OffersAsync()).Count == 1, "the offer is made once the crisis is over");
    }

    [Fact]
    public async Task ComplainedAboutTooOften_IsShownLess_AndSomebodyIsTold()
    {
        await using var endpoint = await FakeServer.StartAsync(204);
        await using var shop = await OpenAsync(azurite.NewAccount(), new Dictionary<string, string?>
        {
            ["Webhooks:Endpoints:0:Id"] = "crm",
            ["Webhooks:Endpoints:0:Shop"] = Id,
            ["Webhooks:Endpoints:0:Url"] = endpoint.Address + "hook",
            ["Webhooks:Endpoints:0:Private"] = "true",
            ["Webhooks:Endpoints:0:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        });
        var customers = Enumerable.Range(0, 40).Select(number => $"c{number}").ToList();
        await shop.TellAsync([.. customers.Select(customer => Cart($"cart-{customer}", customer))]);
        var answers = new List<string>();
        foreach (var customer in customers)
        {
            var offer = await shop.NextAsync(customer: customer);
            answers.Add(Response("offer_impression", $"i-{customer}", offer, customer: customer));
            answers.Add(Response("offer_complained", $"n-{customer}", offer, customer: customer));
        }

        await shop.TellAsync([.. answers]);
        await Eventually.TrueAsync(
            async () =>
            {
                await shop.ReviewAsync();
                return (await shop.GetAsync($"offers/throttles?shop={Id}"))["throttles"]!.AsArray().Count == 2;
            },
            "the offer and the touchpoint are throttled");

        Assert.Equal(["offer:filters", "touchpoint:cart_page"], (await shop.GetAsync($"offers/throttles?shop={Id}"))["throttles"]!.AsArray().Select(throttle => (string?)throttle!["key"]));
        Assert.Contains(shop.Log.Lines, line => line.Contains("offer:filters", StringComparison.Ordinal));
        await Eventually.TrueAsync(
            () => Task.FromResult(endpoint.Requests.Any(request => request.Text.Contains("\"offer.throttled\"", StringComparison.Ordinal) && request.Text.Contains("\"offer:filters\"", StringComparison.Ordinal))),
            "the shop's endpoint is told");
    }

    private static string Order(TimeSpan ago) =>
        $$"""{"type":"order_placed","id":"o","customer":"ann","at":"{{Ago(ago)}}","order":"1","total":{"amount":30,"currency":"USD"},"skus":["beans"]}""";

    private static string Response(string type, string id, System.Text.Json.Nodes.JsonNode? offer, string more = "", string customer = "ann") =>
        $$"""{"type":"{{type}}","id":"{{id}}","customer":"{{customer}}","at":"{{Ago(TimeSpan.Zero)}}"{{(offer is null ? "" : $",\"offer\":\"{offer["id"]}\"")}}{{more}}}""";

    private static Task<HttpResponseMessage> PostAsync(SignalShop shop, string question) =>
        shop.Client.PostAsync("/api/offers/next", new StringContent(question, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
}
