using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using static Expansion.Engine.Tests.Recommendations.Serving.GivenShelf;

namespace Expansion.Engine.Tests.Recommendations.Serving;

public sealed class ShelfTests
{
    public static TheoryData<string, CatalogueItem> Refusals => new()
    {
        { "It isn't ready to be sold yet.", Item("x") with { Status = ItemStatus.Draft } },
        { "It is no longer sold.", Item("x") with { Status = ItemStatus.Archived } },
        { "It is no longer sold.", Item("x") with { Status = ItemStatus.Deleted } },
        { "The shop doesn't show it.", Item("x") with { Published = false } },
        { "It is out of stock.", Item("x") with { Stock = 0 } },
        { "It has no price.", Item("x") with { Price = new(0, "EUR") } },
        { "It is a gift card.", Item("x") with { GiftCard = true } },
        { "The shop excludes type Toys.", Item("x") with { Type = "toys" } },
        { "The shop excludes tag sale.", Item("x") with { Tags = ["new", "Sale"] } },
        { "The customer has it already, and it lasts.", Item("x") with { Durable = true } },
        { "The customer has it already, and it lasts.", Item("x") with { Type = "Machines" } },
        { "It is another variant of what is looked at.", Item("x") with { ProductId = "7" } },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Fill_ProductThatMustNotBeShown_IsRefusedWithTheReason(string reason, CatalogueItem item)
    {
        var shelf = new GivenShelf(Item("given") with { ProductId = "7" }, item, Item("y"))
        {
            Request = new() { Context = [Given], Purchases = [new(null, [new("x")])], Limit = 10 },
            Rules = new() { Exclude = [new() { Type = "Toys" }, new() { Tag = "sale" }], DurableTypes = ["machines"] },
        };

        var answer = shelf.Fill([Bought("x"), Bought("y"), Bought("given")]);

        Assert.Equal("y", Show(answer));
        Assert.Equal([new RefusedPick(new("x"), reason), new RefusedPick(Given, "It is looked at or in the cart already.")], answer.Refused);
    }

    [Fact]
    public void Fill_ProductTheCatalogueDoesNotKnow_IsShown() => Assert.Equal("unknown", new GivenShelf().Show("unknown"));

    [Fact]
    public void Fill_DurableOnceReturnedToNobody_IsShownToWhoDoesNotOwnIt() => Assert.Equal("x", new GivenShelf(Item("x") with { Durable = true }).Show("x"));

    [Fact]
    public void Fill_FirstSourceIsEnough_NoOtherIsAsked()
    {
        var answer = new GivenShelf { Request = new() { Context = [Given], Limit = 2 } }.Fill([Bought("a"), Bought("b"), Bought("c")], Unasked());

        Assert.Equal("a b", Show(answer));

        static IEnumerable<Pick> Unasked()
        {
            Assert.Fail("The second source was asked.");
            yield break;
        }
    }

    [Fact]
    public void Fill_FirstSourceIsNotEnough_TheNextFillsWithoutRepeating() => Assert.Equal(
        "a b", Show(new GivenShelf { Request = new() { Context = [Given], Limit = 2 } }.Fill([Bought("a")], [Bought("a"), Bought("b")])));

    [Fact]
    public void Fill_Rejected_IsGone() => Assert.Equal("b", new GivenShelf { Decisions = [Decided("a", PairVerdict.Rejected)] }.Show("a", "b"));

    [Fact]
    public void Fill_Pinned_ComesFirstThoughNoSourceNamesIt() =>
        Assert.Equal("p a b", new GivenShelf { Decisions = [Decided("p", PairVerdict.Pinned)] }.Show("a", "b"));

    [Fact]
    public void Fill_PinnedButOutOfStock_IsNotShown() =>
        Assert.Equal("a", new GivenShelf(Item("p") with { Stock = 0 }) { Decisions = [Decided("p", PairVerdict.Pinned)] }.Show("a"));

    [Fact]
    public void Fill_Approved_StandsBeforeTheRestAndAfterWhatIsPinned()
    {
        var shelf = new GivenShelf { Decisions = [Decided("hand", PairVerdict.Approved), Decided("b", PairVerdict.Approved), Decided("p", PairVerdict.Pinned)] };

        var answer = shelf.Fill([Bought("a"), Bought("b"), Bought("p"), Alike("c")]);

        Assert.Equal("p b hand a c", Show(answer));
        Assert.Equal("Chosen by hand to go with given.", answer.Picks[2].Pick.Reason);
    }

    [Fact]
    public void Fill_RankedByMargin_EarnsMostFirstAndUnknownLast()
    {
        var shelf = new GivenShelf(Item("a") with { Cost = new(9, "EUR") }, Item("b"), Item("c") with { Cost = new(2, "EUR") }, Item("d") with { Cost = new(2, "USD") });

        Assert.Equal("c a b d", (shelf with { Rules = new() { RankBy = RankBy.Margin } }).Show("a", "b", "c", "d"));
        Assert.Equal("a b c d", (shelf with { Rules = new() { RankBy = RankBy.Margin }, Request = new() { Context = [Given], RankBy = RankBy.Affinity } }).Show("a", "b", "c", "d"));
    }

    [Fact]
    public void Fill_RankedByPopularity_SellsMostFirst() =>
        Assert.Equal("bbb bb b", new GivenShelf { Rules = new() { RankBy = RankBy.Popularity }, Sold = sku => sku.Value.Length }.Show("b", "bb", "bbb"));

    [Fact]
    public void Fill_Boosted_PlaceIsDividedByItsFactors()
    {
        // Places 1 2 3 4 with d at 4 / 2 / 1.5 = 1.33 and a at 1 / 0.25 = 4.
        var rules = new RecommendationRules { Boosts = [new(new() { Sku = new("d") }, 2), new(new() { Vendor = "Acme" }, 1.5), new(new() { Sku = new("a") }, 0.25)] };

        Assert.Equal("d b c a", new GivenShelf(Item("d") with { Vendor = "ACME" }) { Rules = rules }.Show("a", "b", "c", "d"));
    }

    [Fact]
    public void Fill_FiveNearlyTheSame_TwoOfThemStandBeforeOthers()
    {
        var mugs = new[] { "Blue", "Red", "Green", "White", "Black" }.Select((colour, n) => Item($"mug{n}") with { Title = $"Large Stoneware Mug {colour}", Type = "Mugs" });
        var shelf = new GivenShelf([.. mugs, Item("tea")]) { Request = new() { Context = [Given], Limit = 4 } };

        Assert.Equal("mug0 mug1 tea mug2", shelf.Show("mug0", "mug1", "mug2", "mug3", "mug4", "tea"));
    }

    [Fact]
    public void Fill_VariantsOfOneProduct_CountAsAlike()
    {
        var shelf = new GivenShelf(Item("a") with { ProductId = "1" }, Item("b") with { ProductId = "1" }, Item("c")) { Rules = new() { MostAlike = 1 } };

        Assert.Equal("a c b", shelf.Show("a", "b", "c"));
    }

    [Fact]
    public void Validate_EveryMistake_IsNamedByItsPlace()
    {
        var rules = new RecommendationRules
        {
            Exclude = [new(), new() { Type = "a", Tag = "b" }, new() { Vendor = "fine" }],
            Boosts = [new(new() { Type = "a" }, 0)],
            Ladders = [[new("a")]],
            MostAlike = 0,
        };

        Assert.Equal(["boosts[0].factor", "exclude[0]", "exclude[1]", "ladders[0]", "most_alike"], rules.Validate().Keys.Order());
        Assert.Empty(new RecommendationRules().Validate());
    }
}
