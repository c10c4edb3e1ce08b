using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using static Expansion.Engine.Tests.Recommendations.Serving.GivenShelf;

namespace Expansion.Engine.Tests.Recommendations.Serving;

public sealed class UpsellTests
{
    private static readonly ShelfRequest Upsell = new() { Context = [Given], Kind = PickKind.Upsell, Limit = 10 };

    [Theory]
    [InlineData("250 g", "g", 250)]
    [InlineData("1,5kg bag", "g", 1500)]
    [InlineData("Juice 6 x 0.33 l", "ml", 1980)]
    [InlineData("Pack of 12", "pieces", 12)]
    [InlineData("24-pack", "pieces", 24)]
    [InlineData("Disk 2 TB", "GB", 2000)]
    public void Parse_Measure_IsInItsSmallestUnit(string text, string unit, double amount)
    {
        var size = ItemSize.Parse(text)!.Value;

        Assert.Equal(unit, size.Unit);
        Assert.Equal(amount, size.Amount, 6);
    }

    [Theory]
    [InlineData("M")]
    [InlineData("XL")]
    [InlineData("42")]
    [InlineData("Route 66 Guitar")]
    [InlineData("0 g")]
    public void Parse_NoMeasure_IsNull(string text) => Assert.Null(ItemSize.Parse(text));

    [Fact]
    public void Fill_LargerSizeOfTheSame_IsAnUpsellAndSaysWhatIsSaved()
    {
        var shelf = new GivenShelf(Beans("given", "250 g", 10), Beans("small", "100 g", 5), Beans("large", "1 kg", 32), Beans("ground", "1 kg", 32, "Ground")) { Request = Upsell };

        var answer = shelf.Fill();

        Assert.Equal("large", Show(answer));
        Assert.Equal((PickKind.Upsell, "The larger Beans - 250 g / Whole: 4 times as much, 20 % less for each part of it."), (answer.Picks[0].Pick.Kind, answer.Picks[0].Pick.Reason));
    }

    [Fact]
    public void Fill_HigherTiers_ComeFirstNearestFirst()
    {
        var shelf = new GivenShelf(Item("given")) { Request = Upsell, Rules = new() { Ladders = [[new("basic"), Given, new("pro"), new("max")]] } };

        var answer = shelf.Fill([Bought("accessory")]);

        Assert.Equal("pro max", Show(answer));
        Assert.Equal(["The next step up from given.", "2 steps up from given."], answer.Picks.Select(pick => pick.Pick.Reason));
    }

    [Fact]
    public void Fill_DearerOfTheSameType_OnlyWithinTheRatioAndAlikeFirst()
    {
        var shelf = new GivenShelf(
            Grinder("given", "Hand Grinder", 30), Grinder("same", "Hand Grinder Two", 32), Grinder("steel", "Steel Burr Grinder", 50), Grinder("pro", "Hand Grinder Pro", 55), Grinder("shop", "Hand Grinder Giant", 61),
            Item("kettle") with { Price = new(50, "EUR"), Type = "Kettles" })
        { Request = Upsell };

        Assert.Equal("pro steel", Show(shelf.Fill()));
    }

    [Fact]
    public void Fill_CrossSell_LeavesOutWhatReplaces()
    {
        var shelf = new GivenShelf(Grinder("given", "Hand Grinder", 30), Grinder("pro", "Hand Grinder Pro", 55), Item("beans")) { Request = Upsell with { Kind = PickKind.CrossSell } };

        Assert.Equal("beans", Show(shelf.Fill([Alike("pro"), Bought("beans")])));
    }

    [Fact]
    public void Fill_BothAskedFor_EachIsLabelled()
    {
        var shelf = new GivenShelf(Grinder("given", "Hand Grinder", 30), Grinder("pro", "Hand Grinder Pro", 55), Grinder("second", "Hand Grinder Old", 40), Item("beans")) { Request = Upsell with { Kind = null } };

        var answer = shelf.Fill([Alike("pro"), Bought("beans"), Bought("second")]);

        // What people buy beside it adds to it, though it be dearer and of the same type.
        Assert.Equal([("pro", PickKind.Upsell), ("beans", PickKind.CrossSell), ("second", PickKind.CrossSell)], answer.Picks.Select(pick => (pick.Sku.Value, pick.Pick.Kind)));
    }

    private static CatalogueItem Beans(string sku, string size, decimal price, string grind = "Whole") =>
        Item(sku) with { Title = "Beans", ProductId = "1", Options = [new("Size", size), new("Grind", grind)], Price = new(price, "EUR") };

    private static CatalogueItem Grinder(string sku, string title, decimal price) => Item(sku) with { Title = title, Type = "Grinders", Price = new(price, "EUR") };
}
