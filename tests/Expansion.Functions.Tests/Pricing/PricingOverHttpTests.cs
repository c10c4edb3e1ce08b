using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expansion.Engine;
using Expansion.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.Functions.Tests.Pricing;

/// <summary>What a shop's people write about its prices, and what is made of it, over HTTP on real storage.</summary>
[Trait("Category", "Azurite")]
public sealed class PricingOverHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Shop = "/api/shops/coffee.example";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(azurite.NewAccount(), new() { Time = _time });
        (await PutAsync("settings", "{}")).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task PlanExperiment_OfTheLadder_IsADraftWithTheSuggestionInOneCall()
    {
        (await PutAsync("plans", """{"plans":[{"id":"basic","name":"Basic","monthly":{"amount":29,"currency":"USD"},"features":["a"],"customers":80},{"id":"pro","name":"Pro","monthly":{"amount":79,"currency":"USD"},"features":["a","b"],"customers":15},{"id":"max","name":"Max","monthly":{"amount":149,"currency":"USD"},"features":["a","b","c"],"shown":false}]}""")).EnsureSuccessStatusCode();

        var answer = await _host.Client.PostAsJsonAsync($"{Shop}/plans/experiment", new { by = "ann", key = "ladder" }, TestContext.Current.CancellationToken);
        var draft = await JsonAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("draft", draft["status"]!.GetValue<string>());
        Assert.Equal(
            ["basic,pro", "basic,pro,max", "max,pro,basic"],
            draft["definition"]!["variations"]!.AsArray().Select(variation => variation!["settings"]!["plans"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Conflict, (await _host.Client.PostAsJsonAsync($"{Shop}/plans/experiment", new { by = "ann", key = "ladder" }, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client.PostAsJsonAsync($"{Shop}/plans/experiment", new { by = "ann", key = "Not a key" }, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("pricing", """{"min_discount":0.1}""", "min_discount")]
    [InlineData("plans", """{"plans":[{"id":"a","name":"A","monthly":{"amount":-1,"currency":"USD"}}]}""", "plans[0].monthly")]
    [InlineData("alternatives", """{"alternatives":[{"name":"X","price":{"amount":1,"currency":"USD"},"source":"","observed_on":"2026-03-01"}]}""", "alternatives[0].source")]
    [InlineData("alternatives", """{"alternatives":[{"name":"X","price":{"amount":1,"currency":"USD"},"source":"a","observed_on":"2026-04-02"}]}""", "alternatives[0].observed_on")]
    [InlineData("templates", """{"templates":[{"language":"en","kind":"upgrade","style":"benefit","headline":"{{ priec }}","body":"b","terms":"t","call_to_action":"c"}]}""", "templates[0].headline")]
    [InlineData("budgets/spring", """{"limit":{"amount":10,"currency":"USD"},"spent":{"amount":0,"currency":"EUR"}}""", "spent")]
    public async Task Put_WithAMistake_IsRefusedByItsPlace(string document, string body, string path)
    {
        var answer = await PutAsync(document, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(path, (await JsonAsync(answer))["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("pricing", """{"min_discuont":0.2}""", "min_discuont")]
    [InlineData("plans", """{"plans":[{"id":"a","name":null,"monthly":{"amount":1,"currency":"USD"}}]}""", "name")]
    [InlineData("plans", """{"plans":[{"id":"a","name":"A"}]}""", "monthly")]
    [InlineData("plans", "", "can't be read")]
    public async Task Put_UnreadableBody_SaysWhatIsWrong(string document, string body, string said)
    {
        var answer = await PutAsync(document, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await JsonAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pricing")]
    [InlineData("plans")]
    [InlineData("plans/analysis")]
    [InlineData("alternatives")]
    [InlineData("templates")]
    [InlineData("prices?product=a")]
    [InlineData("bundles")]
    [InlineData("bundles/export")]
    [InlineData("budgets/spring")]
    public async Task Get_UnknownShop_IsNotFound(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Client.GetAsync($"/api/shops/nobody.example/{path}", TestContext.Current.CancellationToken)).StatusCode);

    [Fact]
    public async Task Put_OfAnOldVersion_ConflictsAndChangesNothing()
    {
        var first = await PutAsync("pricing", """{"margin_floor":0.3}""");
        await PutAsync("pricing", """{"margin_floor":0.4}""");

        var late = await PutAsync("pricing", """{"margin_floor":0.5}""", first.Headers.ETag);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(0.4m, (await GetAsync("pricing"))["margin_floor"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Plans_OfTheMethod_AreAnalysedAndHandedOverAsVariations()
    {
        await PutAsync("plans", """
            {"plans":[
              {"id":"basic","name":"Basic","monthly":{"amount":29,"currency":"USD"},"limits":{"users":2},"customers":60},
              {"id":"growth","name":"Growth","monthly":{"amount":79,"currency":"USD"},"limits":{"users":10},"customers":30},
              {"id":"pro","name":"Pro","monthly":{"amount":149,"currency":"USD"},"limits":{"users":null},"customers":10,"shown":false}]}
            """);

        var report = await GetAsync("plans/analysis");

        Assert.Equal("growth", report["analysis"]!["target"]!.GetValue<string>());
        Assert.Equal("compromise", report["suggestion"]!["effects"]![0]!["effect"]!.GetValue<string>());
        Assert.Equal("basic,growth,pro", report["variations"]![1]!["settings"]!["plans"]!.GetValue<string>());
        Assert.Equal(3, (await GetAsync("plans"))["plans"]!.AsArray().Count);
    }

    [Fact]
    public async Task Preview_AgainstAnAlternative_IsTheMethodsSentence()
    {
        await PutAsync("alternatives", """{"alternatives":[{"name":"A standalone analytics tool","price":{"amount":150,"currency":"USD"},"source":"example.com","observed_on":"2026-03-01"}]}""");

        var answer = await JsonAsync(await PreviewAsync(
            """{"alternative":"A standalone analytics tool","offer":{"kind":"add_on","sku":"analytics","product":"Analytics","price":{"amount":45,"currency":"USD"},"gain":"reports"}}"""));

        Assert.Equal("A standalone analytics tool is $150 a month; as an add-on it is $45.", answer["decision"]!["presentation"]!["body"]!.GetValue<string>());
        Assert.StartsWith("<section class=\"expansion-offer\" lang=\"en\"", answer["html"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_WithATemplateOfTheShop_IsWrittenInIt()
    {
        await PutAsync("templates", """{"templates":[{"language":"de","kind":"upgrade","style":"benefit","headline":"Jetzt {{ product }}","body":"b","terms":"{{ price }}","call_to_action":"c"}]}""");

        var answer = await JsonAsync(await PreviewAsync("""{"locale":"de-AT","offer":{"kind":"upgrade","sku":"pro","product":"Pro","price":{"amount":149,"currency":"EUR"}}}"""));

        Assert.Equal("Jetzt Pro", answer["decision"]!["presentation"]!["headline"]!.GetValue<string>());
        Assert.Equal(60, (await GetAsync("templates"))["templates"]!.AsArray().Count);
        Assert.Single((await GetAsync("templates"))["own"]!.AsArray());
    }

    [Fact]
    public async Task Preview_DiscountOnARaisedPrice_IsRefusedByThePricesCharged()
    {
        await PostAsync("prices", """
            [{"sku":"mug","from":"2026-01-01T00:00:00Z","price":{"amount":10,"currency":"USD"}},
             {"sku":"mug","from":"2026-03-25T00:00:00Z","price":{"amount":14,"currency":"USD"}}]
            """);
        const string Body = """{"offer":{"kind":"cart_threshold","sku":"mug","product":"Mug","price":{"amount":14,"currency":"USD"},"incentive":{"share":0.2,"kind":"percentage"},"cart":{"amount":80,"currency":"USD"},"threshold":{"amount":100,"currency":"USD"}}}""";

        var refused = await JsonAsync(await PreviewAsync(Body));
        _time.Advance(TimeSpan.FromDays(30));
        var month = await JsonAsync(await PreviewAsync(Body));

        Assert.Null(refused["html"]);
        Assert.Equal("mug: 14 USD is no prior price: 10 USD, charged from 2026-01-01, is the lowest of the 30 days before 2026-03-31", refused["decision"]!["refusals"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal("$11.20", month["decision"]!["presentation"]!["price"]!.GetValue<string>());
        Assert.Equal(2, (await GetAsync("prices?product=mug"))["history"]!.AsArray().Count);
        Assert.Equal(14, (await GetAsync("prices?product=mug"))["prior_price"]!["lowest"]!["amount"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("""{"locale":"xx-none","offer":{"kind":"upgrade","sku":"p","product":"P","price":{"amount":1,"currency":"USD"}}}""", "locale is 'xx-none'")]
    [InlineData("""{"alternative":"Nobody","offer":{"kind":"upgrade","sku":"p","product":"P","price":{"amount":1,"currency":"USD"}}}""", "There is no alternative 'Nobody'")]
    [InlineData("""{"offer":{"kind":"gift","sku":"p","product":"P","price":{"amount":1,"currency":"USD"}}}""", "can't be read")]
    public async Task Preview_BadRequest_SaysWhatToDo(string body, string detail)
    {
        var answer = await PreviewAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(detail, (await JsonAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prices", """[{"sku":"a","from":"2027-01-01T00:00:00Z","price":{"amount":1,"currency":"USD"}}]""")]
    [InlineData("prices", """[{"sku":"","from":"2026-01-01T00:00:00Z","price":{"amount":1,"currency":"USD"}}]""")]
    [InlineData("prices", """[{"sku":"a","from":"2026-01-01T00:00:00Z","price":{"amount":0,"currency":"USD"}}]""")]
    [InlineData("product-terms", """[{"sku":"a","cost":{"amount":-1,"currency":"USD"},"stock":1}]""")]
    [InlineData("product-terms", """{"sku":"a"}""")]
    public async Task Post_WithAMistake_IsRefused(string path, string body) => Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, body)).StatusCode);

    /// <summary>Twenty customers at once want $10 out of $95: nine get it, whoever is first.</summary>
    [Fact]
    public async Task Reserve_ManyAtOnce_NeverGivesMoreThanThereIs()
    {
        await PutAsync("budgets/spring", """{"limit":{"amount":95,"currency":"USD"},"spent":{"amount":0,"currency":"USD"},"per_customer":{"amount":10,"currency":"USD"}}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(customer => ReserveAsync($"c{customer}")));

        Assert.Equal(9, answers.Count(answer => answer["given"]!.GetValue<bool>()));
        Assert.Equal(90, (await GetAsync("budgets/spring"))["spent"]!["amount"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Reserve_OverTheCustomersCap_IsRefusedWithTheReason()
    {
        await PutAsync("budgets/spring", """{"limit":{"amount":95,"currency":"USD"},"spent":{"amount":0,"currency":"USD"},"per_customer":{"amount":15,"currency":"USD"}}""");

        Assert.True((await ReserveAsync("c1"))["given"]!.GetValue<bool>());
        Assert.Equal("the customer was given 10 before, 15 USD are allowed", (await ReserveAsync("c1"))["reason"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("budgets/autumn/reservations", Reservation("c1"))).StatusCode);
    }

    private static string Reservation(string customer) =>
        $$$"""{"customer":"{{{customer}}}","price":{"amount":100,"currency":"USD"},"incentive":{"kind":"percentage","share":0.1}}""";

    private async Task<JsonNode> ReserveAsync(string customer) => await JsonAsync(await PostAsync("budgets/spring/reservations", Reservation(customer)));

    private Task<HttpResponseMessage> PreviewAsync(string body) => PostAsync("offers/preview", body);

    private Task<HttpResponseMessage> PostAsync(string path, string body) => _host.Client.PostAsync($"{Shop}/{path}", Json(body), TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> PutAsync(string path, string body, EntityTagHeaderValue? since = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Shop}/{path}") { Content = Json(body) };
        if (since is not null)
        {
            request.Headers.IfMatch.Add(since);
        }

        return _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<JsonNode> GetAsync(string path) => (await _host.Client.GetFromJsonAsync<JsonNode>($"{Shop}/{path}", ExpansionJson.Options, TestContext.Current.CancellationToken))!;

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
