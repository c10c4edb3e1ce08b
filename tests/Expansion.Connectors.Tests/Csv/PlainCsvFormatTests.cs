using System.Globalization;
using System.IO.Compression;
using System.Text;
using Expansion.Engine;

namespace Expansion.Connectors.Tests.Csv;

public sealed class PlainCsvFormatTests
{
    private const string Header = "order_id,customer_id,ordered_at,sku,product_title,quantity,unit_price\n";
    private const string Good = "1,c1,2026-05-01T09:58:12,A,Aprons,2,9.50\n";

    [Fact]
    public void Read_AllColumns_GivesTheLine()
    {
        var line = Assert.Single(OrderText.Read(Header + Good).Lines);

        Assert.Equal((new OrderId("1"), new CustomerId("c1"), new Sku("A"), "Aprons", 2, 9.50m, "EUR"),
            (line.OrderId, line.CustomerId!.Value, line.Sku, line.Title, line.Quantity, line.UnitPrice!.Value, line.Currency));
        Assert.Equal(line.OrderedAt, line.UpdatedAt);
    }

    [Theory]
    [InlineData("2026-05-01T09:58:12", "2026-05-01T07:58:12Z")]
    [InlineData("2026-01-05 09:58", "2026-01-05T08:58:00Z")]
    [InlineData("2026-05-01", "2026-04-30T22:00:00Z")]
    [InlineData("2026-05-01T09:58:12Z", "2026-05-01T09:58:12Z")]
    [InlineData("2026-05-01 09:58:12 -0400", "2026-05-01T13:58:12Z")]
    [InlineData("2026-05-01T09:58:12.25+05:30", "2026-05-01T04:28:12.25Z")]
    public void Read_Time_IsTheShopsUnlessItNamesAnOffset(string text, string utc)
    {
        var line = Assert.Single(OrderText.Read($"{Header}1,,{text},A,,1,\n").Lines);

        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), line.OrderedAt);
        Assert.Equal(TimeSpan.Zero, line.OrderedAt.Offset);
    }

    [Fact]
    public void Read_FewerColumnsInAnotherOrderAndCase_GivesTheLine()
    {
        var line = Assert.Single(OrderText.Read("Quantity,SKU,Ordered At,ORDER-ID,colour,currency\n-3,A,2026-05-01,7,red,usd\n").Lines);

        Assert.Equal(("7", "A", -3, null, null, null, "USD"), (line.OrderId.Value, line.Sku.Value, line.Quantity, line.CustomerId, line.Title, line.UnitPrice, line.Currency));
    }

    [Theory]
    [InlineData(",,2026-05-01,A,,1,", "order_id is empty")]
    [InlineData("1,,2026-05-01,,,1,", "sku is empty")]
    [InlineData("1,,2026-05-01, ,,1,", "sku is empty")]
    [InlineData("1,,2026-05-01,A,,0,", "quantity is 0")]
    [InlineData("1,,2026-05-01,A,,1.5,", "quantity '1.5'")]
    [InlineData("1,,2026-05-01,A,,many,", "quantity 'many'")]
    [InlineData("1,,2026-05-01,A,,,", "quantity ''")]
    [InlineData("1,,2026-05-01,A,,99999999999,", "quantity '99999999999'")]
    [InlineData("1,,2026-05-01,A,,1,free", "unit_price 'free'")]
    [InlineData("1,,2026-05-01,A,,1,-2", "a negative quantity, not a negative price")]
    [InlineData("1,,2026-05-01,A,,1,1e99", "unit_price '1e99'")]
    [InlineData("1,,2026-05-01,A,,1,9999999999", "unit_price '9999999999'")]
    [InlineData("1,,,A,,1,", "ordered_at ''")]
    [InlineData("1,,01/05/2026,A,,1,", "ordered_at '01/05/2026'")]
    [InlineData("1,,2026-13-01,A,,1,", "ordered_at '2026-13-01'")]
    [InlineData("1,,1989-12-31,A,,1,", "before 1990")]
    [InlineData("1,,2026-06-03,A,,1,", "in the future")]
    [InlineData("1,,2026-05-01,A\tB,,1,", "control character")]
    [InlineData("1,,2026-05-01,\"A\nB\",,1,", "control character")]
    [InlineData("1\u0007,,2026-05-01,A,,1,", "control character")]
    [InlineData("1,\u0001,2026-05-01,A,,1,", "customer_id holds a control character")]
    [InlineData("1,,2026-05-01,A,,1", "6 fields and the header has 7")]
    [InlineData("1,,2026-05-01,A,Red, large,1,2", "8 fields and the header has 7")]
    [InlineData("1,,2026-05-01,A,\"Red\" large,1,2", "goes on after its closing quote")]
    public void Read_BadLine_IsRejectedWithItsReasonAndTheRestGoesIn(string bad, string reason)
    {
        var (lines, rejects, _) = OrderText.Read($"{Header}{Good}{bad}\n{Good}");

        Assert.Equal(2, lines.Count);
        var reject = Assert.Single(rejects);
        Assert.Equal((3, bad), (reject.Line, reject.Text));
        Assert.Contains(reason, reject.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "order_id", OrderId.MaxLength)]
    [InlineData(1, "customer_id", CustomerId.MaxLength)]
    [InlineData(3, "sku", Sku.MaxLength)]
    public void Read_IdAtItsLimitOrOver_IsTakenOrRejected(int column, string name, int limit)
    {
        string Line(int length)
        {
            string[] fields = ["1", "c", "2026-05-01", "A", "", "1", ""];
            fields[column] = new string('x', length);
            return string.Join(',', fields) + "\n";
        }

        var (lines, rejects, _) = OrderText.Read(Header + Line(limit) + Line(limit + 1));

        Assert.Single(lines);
        Assert.Contains($"{name} is longer than {limit} characters", Assert.Single(rejects).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IdNotInUtf8_IsRejected()
    {
        var rejects = OrderText.Read([.. Encoding.UTF8.GetBytes(Header + "1,,2026-05-01,K"), 0xE4, .. Encoding.UTF8.GetBytes("se,,1,\n")]).Rejects;

        Assert.Contains("not in UTF-8", Assert.Single(rejects).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnicodeAndReservedCharactersInIds_AreKept()
    {
        var line = Assert.Single(OrderText.Read($"{Header}#1/2,,2026-05-01,Käse\\?#/☕,,1,\n").Lines);

        Assert.Equal(("#1/2", @"Käse\?#/☕"), (line.OrderId.Value, line.Sku.Value));
    }

    [Fact]
    public void Read_TitleWithLineBreakQuotesAndInchSign_IsMended()
    {
        var (lines, rejects, _) = OrderText.Read($"{Header}1,,2026-05-01,A,\"Mug,\n \"\"Large\"\"\",1,2\n1,,2026-05-01,B,5\" dish,1,2\n");

        Assert.Empty(rejects);
        Assert.Equal(["Mug, \"Large\"", "5\" dish"], lines.Select(line => line.Title));
    }

    [Theory]
    [InlineData("\r\n", false)]
    [InlineData("\n", true)]
    [InlineData("\r\n", true)]
    public void Read_LineEndsAndByteOrderMark_MakeNoDifference(string lineEnd, bool mark)
    {
        var text = (Header + Good + "2,,bad,A,,1,\n").Replace("\n", lineEnd, StringComparison.Ordinal);

        var (lines, rejects, _) = OrderText.Read([.. mark ? Encoding.UTF8.Preamble.ToArray() : [], .. Encoding.UTF8.GetBytes(text)]);

        Assert.Equal(9.50m, Assert.Single(lines).UnitPrice);
        Assert.Equal(3, Assert.Single(rejects).Line);
    }

    [Fact]
    public void Read_SemicolonsAndGzip_AreTold()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes((Header + Good).Replace(',', ';')));
        }

        Assert.Equal("Aprons", Assert.Single(OrderText.Read(packed.ToArray()).Lines).Title);
    }

    [Theory]
    [InlineData("order_id,sku\n1,A\n", null, "lacks the columns ordered_at, quantity; a file in the format plain")]
    [InlineData("order_id,ordered_at,sku,qty\n", null, "lacks the column quantity;")]
    [InlineData("Name,Lineitem name,Lineitem quantity\n", null, "lacks the column Created at; a file in the format shopify")]
    [InlineData(Header + Good, "shopify", "lacks the columns Name, Created at")]
    [InlineData(Header + Good, "excel", "There is no format 'excel': use plain or shopify")]
    [InlineData("", null, "The file is empty")]
    [InlineData("PK\u0003\u0004", null, "zip archive")]
    public void Open_FileThatCantBeRead_IsRefusedWithWhatToDo(string text, string? format, string refusal)
    {
        var read = OrderText.Read(text, format);

        Assert.Contains(refusal, read.Refusal, StringComparison.Ordinal);
        Assert.Empty(read.Lines);
    }

    [Fact]
    public void Open_Utf16_IsRefused()
    {
        Assert.Contains("UTF-16", OrderText.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Header)]).Refusal, StringComparison.Ordinal);
    }
}
