using System.Globalization;
using System.Text;
using Expansion.Cli.Verbs;
using Expansion.Cli.Verbs.Evaluate;
using Expansion.Testing;

namespace Expansion.Cli.Tests.Verbs;

public sealed class EvaluateVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evaluate-verb-");

    /// <summary>Forty days on which one customer buys tea and a pot and another coffee and a filter; the last ten days are for the test.</summary>
    private static readonly string Orders = Lines("order_id,customer_id,ordered_at,sku,quantity,product_title", Enumerable.Range(1, 40).SelectMany(day => new[]
    {
        Line(day, "t", "anna", "tea", 1), Line(day, "t", "anna", "pot", 1), Line(day, "c", "ben", "coffee", 2), Line(day, "c", "ben", "filter", 1),
        Line(day, "x", "carl", "mug", day % 2), Line(day, "x", "carl", "spoon", (day + 1) % 2),
    }));

    private static readonly string Roles = Lines("order_id,role", Enumerable.Range(1, 40).SelectMany(day =>
        new[] { "t", "c", "x" }.Select(kind => $"{kind}{day},{(day <= 25 ? "train" : day <= 30 ? "val" : "test")}")));

    [Fact]
    public void Run_BasketCases_RanksWhatCompletesThemFirst()
    {
        var (code, output, error) = Run("case_id,order_id,hidden_sku,hidden_in_train,given\nA1,t35,pot,1,tea\nA2,c35,filter,1,coffee|unheard-of\n");

        Assert.Equal((0, true), (code, error.Length > 0));
        var predicted = Predictions();
        Assert.Equal(["pot", "filter"], predicted.Where(row => row.Rank == 1).Select(row => row.Sku));
        Assert.DoesNotContain(predicted, row => (row.Case, row.Sku) is ("A1", "tea") or ("A2", "coffee"));
        Assert.All(predicted.GroupBy(row => row.Case), answer =>
        {
            Assert.Equal(Enumerable.Range(1, 5), answer.Select(row => row.Rank));
            Assert.Equal(5, answer.DistinctBy(row => row.Sku).Count());
        });
        Assert.Contains("learned from 90 orders of 6 products", output, StringComparison.Ordinal);
        Assert.Contains("(2 cases)", output, StringComparison.Ordinal);
        Assert.All(SourceScores.Sources, source => Assert.Contains($"\n{SourceScores.Name(source),-14}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "tea", "pot")]
    [InlineData(true, "coffee", "filter", "mug", "spoon")]
    public void Run_PurchaseCases_RecommendsWhatTheCustomerOwnsOnlyWithRepeats(bool onlyNew, params string[] first)
    {
        var (code, _, error) = Run("case_id,customer_id,order_id,ordered_at,targets,targets_new,history\nB1,anna,t31,2026-01-31,tea|mug,mug,pot|tea\n", onlyNew: onlyNew);

        Assert.True(code == 0, error);
        Assert.Equal(first.Order(), Predictions().Take(first.Length).Select(row => row.Sku).Order());
        Assert.Equal(onlyNew ? 4 : 6, Predictions().Count);
    }

    [Fact]
    public void Run_OneSource_WritesItsAnswersInsteadOfTheHybrids()
    {
        const string Split = "case_id,order_id,hidden_sku,hidden_in_train,given\nA1,t35,pot,1,tea|mug\n";
        Run(Split, source: "popular");
        var popular = Predictions();
        Run(Split, source: "affinity");

        Assert.Equal("coffee", popular[0].Sku);
        Assert.Equal("pot", Predictions()[0].Sku);
    }

    [Fact]
    public void Run_NoRolesNorSplit_CutsByTimeAndAnswersEveryTask()
    {
        var written = new StringWriter();

        var code = EvaluateVerb.Run(new(File("orders.csv", Orders), null, null, null, null, false, "hybrid"), written, new StringWriter());

        Assert.Equal(0, code);
        Assert.Contains("learned from 96 orders", written.ToString(), StringComparison.Ordinal);
        Assert.All(["A: ", "B-all: "], title => Assert.Contains(title, written.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Groceries_HybridBeatsEverySourceAlone()
    {
        string?[] files = [SharedMaterial.Find("data/groceries.csv"), SharedMaterial.Find("eval/orders_groceries.csv.gz"), SharedMaterial.Find("eval/splits_groceries_A.csv.gz")];
        Assert.SkipWhen(files.Contains(null), SharedMaterial.Missing);
        var output = new StringWriter();

        var code = EvaluateVerb.Run(new(new(files[0]!), new(files[1]!), new(files[2]!), null, null, false, "hybrid"), output, new StringWriter());

        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var place = Array.IndexOf(lines.Single(line => line is ["source", ..]), "NDCG@10");
        var ndcg = SourceScores.Sources.Select(source => double.Parse(lines.Single(line => line.Length > place && line[0] == SourceScores.Name(source))[place], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(0, code);
        Assert.All(ndcg.Skip(1), alone => Assert.True(ndcg[0] > alone, output.ToString()));
        Assert.True(ndcg[0] > 0.24, output.ToString());
    }

    [Fact]
    public void Run_Report_IsOnePageWithBarsOfEverySource()
    {
        var report = new FileInfo(Path.Combine(_folder.FullName, "report.html"));

        var output = new StringWriter();
        var code = EvaluateVerb.Run(new(File("or<d>ers.csv", Orders), null, null, null, null, false, "hybrid") { Report = report }, output, new StringWriter());

        var page = System.IO.File.ReadAllText(report.FullName);
        Assert.Equal(0, code);
        Assert.Contains("or&lt;d&gt;ers.csv", page, StringComparison.Ordinal);
        Assert.All(SourceScores.Sources, source => Assert.Contains($"class=\"bar {SourceScores.Name(source)}\"", page, StringComparison.Ordinal));
        // Two charts of each table that was printed.
        Assert.Equal(2 * (output.ToString().Split(" cases)").Length - 1), page.Split("<svg").Length - 1);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoTerminal_TellsEveryStepOnce()
    {
        var (_, _, error) = Run("case_id,order_id,hidden_sku,hidden_in_train,given\nA1,t35,pot,1,tea\n");

        var steps = error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(steps.Distinct(), steps);
        Assert.Contains("learning from all orders", steps);
    }

    [Fact]
    public void Read_Ratings_AreOrdersByCustomerAndDay()
    {
        var ratings = OrdersFile.Read(File("ratings.csv", "userId,movieId,rating,timestamp\n1,10,4.0,86400\n1,20,3.5,90000\n1,30,5,200000\n2,10,1,86400\n"));

        Assert.Equal([["10", "20"], ["30"], ["10"]], ratings.Orders.Select(order => order.Basket.Select(sku => sku.Value)));
        Assert.Equal(["1", "1", "2"], ratings.Orders.Select(order => order.Customer!.Value.Value));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), ratings.Orders[0].At);
    }

    [Fact]
    public void Products_TitleChangedLater_IsTheOneKnownBefore()
    {
        var file = OrdersFile.Read(File("titles.csv", "order_id,sku,product_title\n1,tea,Tea\n2,tea,Tea with a pot\n2,mug,Mug\n"));

        Assert.Equal([("tea", "Tea")], file.Products(file.Orders.Take(1)).Select(product => (product.Sku.Value, product.Title!)));
        Assert.Equal(["Mug", "Tea with a pot"], file.Products(file.Orders).Select(product => product.Title));
    }

    [Theory]
    [InlineData("order_id,quantity\n1,1\n", "", "", "orders.csv lacks the column sku")]
    [InlineData("order_id,sku,quantity\n1,tea,one\n", "", "", "orders.csv, line 2: quantity 'one' is no number")]
    [InlineData("order_id,sku,ordered_at\n1,tea,soon\n", "", "", "ordered_at 'soon' is no time")]
    [InlineData(null, "order_id,role\nt1,spare\n", "", "role 'spare' is none of train, val, test")]
    [InlineData(null, null, "case_id,given\nA1,tea\n", "split.csv lacks the column")]
    [InlineData("order_id,sku\n1,tea\n", "order_id,role\n1,test\n", "", "holds no order to learn from")]
    public void Run_FileThatCannotBeUsed_SaysWhyAndFails(string? orders, string? roles, string? split, string why)
    {
        var (code, _, error) = Run(split ?? "", orders: orders, roles: roles);

        Assert.Equal(1, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (int Code, string Output, string Error) Run(string split, string? orders = null, string? roles = null, bool onlyNew = false, string source = "hybrid")
    {
        var (written, told) = (new StringWriter(), new StringWriter());
        var options = new EvaluateOptions(
            File("orders.csv", orders ?? Orders), File("roles.csv", string.IsNullOrEmpty(roles) ? Roles : roles), File("split.csv", split), Output, null, onlyNew, source);
        return (EvaluateVerb.Run(options, written, told), written.ToString(), told.ToString());
    }

    private FileInfo Output => new(Path.Combine(_folder.FullName, "out.csv"));

    private FileInfo File(string name, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, name));
        System.IO.File.WriteAllText(file.FullName, text, Encoding.UTF8);
        return file;
    }

    private List<(string Case, int Rank, string Sku)> Predictions()
    {
        var lines = System.IO.File.ReadAllLines(Output.FullName);
        Assert.Equal("case_id,rank,sku", lines[0]);
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture), row[2]))];
    }

    private static string Line(int day, string kind, string customer, string sku, int quantity) =>
        $"{kind}{day},{customer},{new DateOnly(2026, 1, 1).AddDays(day - 1).ToString("O", CultureInfo.InvariantCulture)},{sku},{quantity},{sku}";

    private static string Lines(string header, IEnumerable<string> lines) => $"{header}\n{string.Join('\n', lines)}\n";
}
