using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Pairs;
using Expansion.Engine.Shops;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Functions.Tests.Affinity;

/// <summary>What can be asked about the sample shop's pairs, over HTTP.</summary>
[Trait("Category", "Azurite")]
public sealed class AffinityApiTests(LearnedShop learned) : IClassFixture<LearnedShop>
{
    private HttpClient Client => learned.Host.Client;

    [Fact]
    public async Task GetPairs_PageByPage_EveryKeptPairOnceInOrder()
    {
        var kept = await learned.Host.Services.GetRequiredService<IPairFiles>().ReadAsync(LearnedShop.Shop, learned.Generation.Id, default);

        var (paged, after) = (new List<(string, string, long)>(), "");
        do
        {
            var page = await GetAsync($"pairs?shop=sample&sort=count&page_size=33{after}");
            Assert.Equal((kept.Count, learned.Generation.Id), ((int)page["total"]!, (string?)page["generation"]!["id"]));
            paged.AddRange(page["items"]!.AsArray().Select(item => ((string)item!["a"]!, (string)item["b"]!, (long)item["count_ab"]!)));
            after = $"&after={page["next"]}";
        }
        while (after != "&after=");

        Assert.Equal(
            kept.OrderByDescending(pair => pair.Pair.Both).ThenBy(pair => pair.Pair.A).ThenBy(pair => pair.Pair.B).Select(pair => (pair.Pair.A.Value, pair.Pair.B.Value, pair.Pair.Both)),
            paged);
    }

    [Fact]
    public async Task GetPairs_Filtered_OnlyThoseThatFit()
    {
        var page = await GetAsync("pairs?shop=sample&min_support=0.03&min_lift=1.5&min_count=10&max_q=0.05&seasonal=false&trend=steady&touchpoint=cart_page&verdict=none&actionable=true&product=COF-HUILA-250&sort=q&desc=false");

        var pair = Assert.Single(page["items"]!.AsArray())!;
        Assert.Equal(("COF-HUILA-250", "PAN-CHOC-SALT", 16.9m), ((string?)pair["a"], (string?)pair["b"], (decimal)pair["price_a"]!));
        Assert.Contains("cart_page", new[] { (string?)pair["touchpoint_ab"], (string?)pair["touchpoint_ba"] });
        Assert.Null(page["next"]);
    }

    [Theory]
    [InlineData("pairs", 400, "Say which shop: ?shop=coffee.myshopify.com")]
    [InlineData("pairs?shop=nobody", 404, "There is no shop 'nobody'. Import its orders, or add it with PUT /api/shops/{shop}/settings.")]
    [InlineData("pairs?shop=sample&min_support=3%25", 400, "min_support is '3%'; it must be a number from 0 to 1.")]
    [InlineData("pairs?shop=sample&min_lift=NaN", 400, "min_lift is 'NaN'; it must be a number from 0 to 1000000.")]
    [InlineData("pairs?shop=sample&min_count=-1", 400, "min_count is '-1'; it must be a whole number from 0 to 2147483647.")]
    [InlineData("pairs?shop=sample&page_size=501&seasonal=maybe", 400, "seasonal is 'maybe'; it must be true or false. page_size is '501'; it must be a whole number from 1 to 500.")]
    [InlineData("pairs?shop=sample&trend=up", 400, "trend is 'up'; it must be one of steady, rising, fading.")]
    [InlineData("pairs?shop=sample&verdict=ok", 400, "verdict is 'ok'; it must be one of approved, rejected, pinned, none.")]
    [InlineData("pairs?shop=sample&sort=name", 400, "sort is 'name'; it must be one of shrunken_lift, lift, within_lift, count, support, confidence, q.")]
    [InlineData("pairs?shop=sample&after=x", 400, "after is no cursor: give what stood under 'next' in the page before, or leave it out for the first page.")]
    [InlineData("pairs?shop=sample&after=e30", 400, "after is no cursor: give what stood under 'next' in the page before, or leave it out for the first page.")]
    [InlineData("summary?shop=sample&format=text", 400, "There is no format: use shop.")]
    [InlineData("explain?shop=sample&a=COF-HOUSE-1K", 400, "Say which product b is: &b=SKU")]
    [InlineData("explain?shop=sample&a=COF-HOUSE-1K&b=cof-house-1k", 404, "No order from 2024-10 to 2026-09 holds cof-house-1k: check the SKU, capitals too.")]
    [InlineData("explain?shop=sample&a=COF-HOUSE-1K&b=COF-HOUSE-1K", 404, "A pair is two products: a and b are the same.")]
    [InlineData("first-steps?shop=sample&format=pdf", 400, "format is 'pdf'; it must be one of json, text.")]
    [InlineData("pairs/export?shop=sample&format=xlsx", 400, "format is 'xlsx'; it must be one of csv, csv.gz, parquet.")]
    [InlineData("pairs/export?shop=sample&format=parquet&min_lift=2", 400, "The Parquet file holds every kept pair: leave the filters out, or export CSV.")]
    public async Task Get_BadRequest_SaysWhatToDo(string path, int status, string detail) =>
        Assert.Equal((status, detail), await Problem.OfAsync(await Client.GetAsync($"/api/affinity/{path}", TestContext.Current.CancellationToken)));

    [Theory]
    [InlineData("pairs")]
    [InlineData("pairs/export")]
    [InlineData("summary")]
    [InlineData("first-steps")]
    [InlineData("explain", "&a=x&b=y")]
    public async Task Get_BeforeTheFirstRecompute_SaysHowToStart(string path, string more = "")
    {
        await learned.Host.Services.GetRequiredService<IShopStore>().EnsureAsync(Engine.ShopId.From("new.example"), default);

        Assert.Equal(
            (409, "Nothing has been learned of new.example yet: start with POST /api/shops/new.example/recompute, or wait for the night."),
            await Problem.OfAsync(await Client.GetAsync($"/api/affinity/{path}?shop=new.example{more}", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("csv.gz")]
    public async Task ExportPairs_Csv_IsALinePerPairUnderTheContractsHeader(string format)
    {
        using var answer = await Client.GetAsync($"/api/affinity/pairs/export?shop=sample&format={format}&min_count=100", TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(format == "csv" ? body : new GZipStream(body, CompressionMode.Decompress));
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(PairCsv.Header, lines[0]);
        var counts = lines[1..].Select(line => int.Parse(line.Split(',')[2], null)).ToList();
        Assert.Equal((int)(await GetAsync("pairs?shop=sample&min_count=100"))["total"]!, counts.Count);
        Assert.All(counts, count => Assert.True(count >= 100));
        Assert.Equal($"sample-{learned.Generation.Id}.{format}", answer.Content.Headers.ContentDisposition?.FileName);
    }

    /// <summary>Another engine reads the file, and finds the names of the CSV in it, but for what people decided.</summary>
    [Fact]
    public async Task ExportPairs_Parquet_IsReadByDuckDb()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await Client.GetByteArrayAsync("/api/affinity/pairs/export?shop=sample&format=parquet", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from read_parquet('{file}')";
            using var rows = command.ExecuteReader();
            var (names, count) = (Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList(), 0);
            while (rows.Read())
            {
                count++;
            }

            Assert.Equal(PairFields.Names.Except(["verdict", "actionable"]), names);
            Assert.Equal(learned.Generation.Kept, count);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task ExplainPair_SampleShop_HasEveryMonthAndAddsUp()
    {
        var answer = await GetAsync("explain?shop=sample&a=TEA-MATCHA-80&b=PAN-AGAVE");

        Assert.Equal(("PAN-AGAVE", "TEA-MATCHA-80"), ((string?)answer["a"]!["sku"], (string?)answer["b"]!["sku"]));
        var months = answer["months"]!.AsArray();
        Assert.Equal(("2024-10", "2026-09", 24), ((string?)months[0]!["month"], (string?)months[^1]!["month"], months.Count));
        foreach (var (month, total) in new[] { ("both", "count_ab"), ("a", "count_a"), ("b", "count_b"), ("baskets", "n") })
        {
            Assert.Equal((long)answer["numbers"]![total]!, months.Sum(row => (long)row![month]!));
        }

        Assert.Equal((double)answer["numbers"]!["within_lift"]!, (double)answer["season"]!["within_lift"]!, 9);
        Assert.Equal((string?)answer["numbers"]!["trend"], (string?)answer["trend"]!["direction"]);
        Assert.Equal("Recommended.", (string?)answer["verdict"]![0]);
        Assert.Equal(("product_page", "cart_page"), ((string?)answer["a_to_b"]!["touchpoint"], (string?)answer["b_to_a"]!["touchpoint"]));
    }

    [Fact]
    public async Task ExplainPair_NotKept_SaysSo()
    {
        var answer = await GetAsync("explain?shop=sample&a=COF-HOUSE-1K&b=ESP-PLUS");

        Assert.Equal("Not recommended.", (string?)answer["verdict"]![0]);
        Assert.StartsWith("Its numbers aren't kept", (string?)answer["verdict"]![1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAffinitySummary_SampleShop_AgreesWithTheGeneration()
    {
        var summary = (await GetAsync("summary?shop=sample"))["summary"]!;

        Assert.Equal(
            (learned.Generation.Kept, learned.Generation.Sound, learned.Generation.Actionable, learned.Generation.ActionableProducts),
            ((long)summary["kept"]!, (long)summary["sound"]!, (long)summary["actionable"]!, (long)summary["actionable_products"]!));
        Assert.Equal(learned.Generation.LowestSoundSupport, (double)summary["lowest_sound_support"]!);
        Assert.Equal(learned.Generation.PairsAtLowestSoundSupport, (long)summary["actionable_at_lowest"]!);
        Assert.Equal(3, summary["words"]!.AsArray().Count);
    }

    [Fact]
    public async Task GetFirstSteps_SampleShop_PlantedPairsWithRevenue()
    {
        var report = await GetAsync("first-steps?shop=sample");
        var text = await Client.GetStringAsync("/api/affinity/first-steps?shop=sample&format=text", TestContext.Current.CancellationToken);

        var planted = LearnedShop.Sample.Truth.SameBasket.SelectMany(pair => new[] { (pair.A.Value, pair.B.Value), (pair.B.Value, pair.A.Value) }).ToHashSet();
        var pairs = report["pairs"]!.AsArray();
        Assert.Equal(3, pairs.Count);
        Assert.All(pairs, pair =>
        {
            Assert.Contains(((string)pair!["product"]!["sku"]!, (string)pair["suggestion"]!["sku"]!), planted);
            var revenue = pair["monthly_revenue"]!;
            Assert.True((decimal)revenue["low"]! > 0 && (decimal)revenue["low"]! < (decimal)revenue["expected"]! && (decimal)revenue["expected"]! < (decimal)revenue["high"]!);
            Assert.Contains((string)pair["product"]!["title"]!, text, StringComparison.Ordinal);
        });
        Assert.Equal(["product_page", "cart_page"], report["touchpoints"]!.AsArray().Take(2).Select(place => (string)place!["touchpoint"]!));
    }

    [Theory]
    [InlineData("""{}""", "a and b must be SKUs of 1 to 255 characters. verdict must be approved, rejected or pinned. author must say who decides, in 1 to 200 characters.")]
    [InlineData("""{"a":"x","b":" x","verdict":"approved","author":"Ann"}""", "a and b are the same: a pair is two products.")]
    [InlineData("""{"a":"x","b":"y","verdict":"approve","author":"Ann"}""", "verdict must be approved, rejected or pinned.")]
    [InlineData("""{"a":"x","b":"y","verdict":"approved"}""", "author must say who decides, in 1 to 200 characters.")]
    [InlineData("""null""", "a and b must be SKUs of 1 to 255 characters.")]
    [InlineData("", "The body is not a decision: ")]
    [InlineData("""{"a":"x","b":"y","verdict":"approved","author":"Ann","reason":"?"}""", "The body is not a decision: The JSON property 'reason' could not be mapped")]
    public async Task DecidePair_BadBody_SaysWhatToDo(string body, string detail)
    {
        var problem = await Problem.OfAsync(await Client.PostAsync("/api/affinity/decisions?shop=sample", new StringContent(body), TestContext.Current.CancellationToken));

        Assert.Equal(400, problem.Status);
        Assert.StartsWith(detail, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecidePair_LongNoteOrUnknownShop_IsRefused()
    {
        var body = new { a = "x", b = "y", verdict = "approved", author = "Ann", note = new string('x', 1001) };

        Assert.Equal((400, "note has 1001 characters; it may have 1000."), await Problem.OfAsync(await PostAsync("sample", body)));
        Assert.Equal(404, (await Problem.OfAsync(await PostAsync("nobody", body with { note = "" }))).Status);
    }

    private Task<HttpResponseMessage> PostAsync(string shop, object body) =>
        Client.PostAsJsonAsync($"/api/affinity/decisions?shop={shop}", body, TestContext.Current.CancellationToken);

    private async Task<JsonObject> GetAsync(string path) =>
        (await Client.GetFromJsonAsync<JsonObject>($"/api/affinity/{path}", TestContext.Current.CancellationToken))!;
}
