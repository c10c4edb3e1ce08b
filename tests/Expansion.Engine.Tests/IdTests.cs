using System.Text.Json;

namespace Expansion.Engine.Tests;

public sealed class IdTests
{
    [Theory]
    [InlineData("Coffee.MyShopify.com ", "coffee.myshopify.com")]
    [InlineData("a", "a")]
    public void ShopId_NameOfAShop_IsLowerCase(string text, string expected) => Assert.Equal(expected, ShopId.From(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a-")]
    [InlineData("café.com")]
    public void ShopId_AnythingElse_IsRefused(string? text) => Assert.False(ShopId.TryFrom(text, out _));

    [Fact]
    public void Json_IdAsValueAndAsKey_IsItsText()
    {
        var json = JsonSerializer.Serialize(new Dictionary<Sku, ShopId> { [new("a/b#1")] = ShopId.From("shop") }, ExpansionJson.Options);

        Assert.Equal("""{"a/b#1":"shop"}""", json);
        Assert.Equal(ShopId.From("shop"), JsonSerializer.Deserialize<Dictionary<Sku, ShopId>>(json, ExpansionJson.Options)![new("a/b#1")]);
    }
}
