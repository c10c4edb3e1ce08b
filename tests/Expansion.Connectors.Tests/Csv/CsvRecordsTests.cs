using System.Text;
using Expansion.Connectors.Csv;
using Expansion.Testing.Fakes;

namespace Expansion.Connectors.Tests.Csv;

public sealed class CsvRecordsTests
{
    [Theory]
    [InlineData("a,b\n1,x\n2,\"open\n3,y\n4,\"z\"\n5,w\n")]
    [InlineData("a,b\r\n1,x\r\n2,\"open\r\n3,y\r\n4,\"z\"\r\n5,w")]
    [InlineData("a,b\n1,x\n2,\"open\n3,y\n4,z\n5,w\n")]
    public void Read_QuoteNeverClosed_CostsItsOwnLineOnly(string text)
    {
        var (ids, rejects) = Read(text);

        Assert.Equal(["1@2", "3@4", "4@5", "5@6"], ids);
        Assert.Equal((3, "2,\"open"), (Assert.Single(rejects).Line, rejects[0].Text));
    }

    [Fact]
    public void Read_QuoteNeverClosedBeforeMegabytes_CostsItsOwnLineOnly()
    {
        var text = new StringBuilder("a,b\n1,\"open\n");
        for (var id = 2; id < 200_000; id++)
        {
            text.Append(id).Append(",some text that fills the line\n");
        }

        var (ids, rejects) = Read(text.ToString());

        Assert.Equal(2, Assert.Single(rejects).Line);
        Assert.Equal(199_998, ids.Count);
        Assert.Equal(("2@3", "199999@200000"), (ids[0], ids[^1]));
    }

    [Fact]
    public void Read_EveryLineOpensAQuote_RejectsEveryLine()
    {
        var (ids, rejects) = Read("a,b\n" + string.Concat(Enumerable.Range(1, 501).Select(id => $"{id},\"open\n")));

        Assert.Empty(ids);
        Assert.Equal(Enumerable.Range(2, 501).Select(line => (long)line), rejects.Select(reject => reject.Line));
    }

    [Fact]
    public void Read_LineBreaksInQuotesAndEmptyLines_AreCounted()
    {
        var (ids, rejects) = Read("a,b\n1,\"x\ny\n\nz\"\n\n2,w\n3\n");

        Assert.Equal(["1@2", "2@7"], ids);
        Assert.Equal(8, Assert.Single(rejects).Line);
    }

    private static (List<string> Ids, RejectList Rejects) Read(string text)
    {
        using var records = new CsvRecords(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var rejects = new RejectList();
        var ids = new List<string>();
        while (records.Read(rejects))
        {
            ids.Add($"{records[0]}@{records.Line}");
        }

        return (ids, rejects);
    }
}
