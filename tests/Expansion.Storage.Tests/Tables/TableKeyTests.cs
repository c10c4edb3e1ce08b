using Expansion.Storage.Tables;

namespace Expansion.Storage.Tests.Tables;

public sealed class TableKeyTests
{
    [Theory]
    [InlineData("22386", "22386")]
    [InlineData("gid://shopify/Order/1", "gid=3A=2F=2Fshopify=2FOrder=2F1")]
    [InlineData(@"a\b#c?d=e|f%", "a=5Cb=23c=3Fd=3De=7Cf=25")]
    [InlineData("☕", "=E2=98=95")]
    public void From_AnyText_HoldsNoForbiddenCharacter(string text, string expected) => Assert.Equal(expected, TableKey.From(text));

    [Fact]
    public void From_TwoPartsOfTheLongestUnicode_FitAKeyAndStayApart()
    {
        var (one, other) = (new string('☕', 254) + "a", new string('☕', 254) + "b");

        var key = TableKey.From(one, other);

        Assert.True(key.Length <= EntityLimits.MaxKeyLength);
        Assert.NotEqual(TableKey.From(one), TableKey.From(other));
    }

    [Fact]
    public void From_PartsThatJoinAlike_StayApart() => Assert.NotEqual(TableKey.From("a|b", "c"), TableKey.From("a", "b|c"));
}
