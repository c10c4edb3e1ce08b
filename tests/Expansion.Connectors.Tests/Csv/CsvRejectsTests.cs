using System.Text;
using Expansion.Connectors.Csv;

namespace Expansion.Connectors.Tests.Csv;

public sealed class CsvRejectsTests
{
    [Fact]
    public void Add_TextWithCommasQuotesAndLineBreaks_CanBeReadBack()
    {
        using var file = new MemoryStream();
        using (var rejects = new CsvRejects(() => file))
        {
            rejects.Add(3, "sku is empty", "1,\"a\nb\"");
        }

        Assert.Equal("line,reason,text\n3,sku is empty,\"1,\"\"a\nb\"\"\"\n", Encoding.UTF8.GetString(file.ToArray()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Dispose_NothingRejected_MakesNoFile()
    {
        using var rejects = new CsvRejects(() => throw new InvalidOperationException("There is nothing to write."));

        Assert.Equal(0, rejects.Count);
    }
}
