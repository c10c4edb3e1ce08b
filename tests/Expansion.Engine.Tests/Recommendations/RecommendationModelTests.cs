using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Training;

namespace Expansion.Engine.Tests.Recommendations;

public sealed class RecommendationModelTests
{
    /// <summary>200 days on which anna buys tea and a pot (t, p), ben coffee and a filter (c, f), and carl in turn a mug or a spoon (m, s), with a new kettle (k) since day 180.</summary>
    private static readonly TrainingOrders Orders = Small.Orders([.. Enumerable.Range(0, 200).SelectMany(day => new (string?, double?, string)[]
    {
        ($"anna{day % 20}", day, "tp"), ($"ben{day % 20}", day + 0.1, day < 180 ? "cf" : "cfk"), ($"carl{day % 20}", day + 0.2, day % 2 == 0 ? "m" : "s"),
    })]);

    private static readonly RecommendationModel Model = RecommendationTrainer.Train(Orders, [], threads: 2);

    [Fact]
    public void Recommend_Basket_PutsItsCompanionFirstAndNeverWhatItHolds()
    {
        var picks = Model.Recommend(new(RecommendationTask.Basket) { Basket = [new("t")] });

        Assert.Equal("p", picks[0].Sku.Value);
        Assert.Equal(6, picks.Count);
        Assert.DoesNotContain(picks, pick => pick.Sku.Value == "t");
        Assert.Equal("t", picks[0].Because?.Value);
        Assert.False(picks[0].LowConfidence);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RecommendationSource.Habit)]
    [InlineData(RecommendationSource.Collaborative)]
    [InlineData(RecommendationSource.Bestseller)]
    public void Recommend_Discovery_NeverShowsWhatTheCustomerBoughtBefore(RecommendationSource? only)
    {
        var picks = Model.Recommend(Anna(RecommendationTask.Discovery) with { Only = only });

        Assert.Equal(["c", "f", "k", "m", "s"], picks.Select(pick => pick.Sku.Value).Order());
    }

    [Fact]
    public void Recommend_HabitAlone_PutsTheMoreOftenBoughtFirst()
    {
        var picks = Model.Recommend(Anna(RecommendationTask.NextPurchase) with { Only = RecommendationSource.Habit });

        Assert.Equal(["p", "t"], picks.Take(2).Select(pick => pick.Sku.Value));
        Assert.All(picks.Take(2), pick => Assert.Equal(RecommendationSource.Habit, pick.Source));
        Assert.StartsWith("You buy this about every 10 days", picks[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Recommend_NextPurchase_RepeatsWhatTheCustomerAlwaysBuys() =>
        Assert.Equal(["p", "t"], Model.Recommend(Anna(RecommendationTask.NextPurchase)).Take(2).Select(pick => pick.Sku.Value).Order());

    [Fact]
    public void Recommend_NothingKnownOfTheShopper_IsStillNoEmptyShelf() =>
        Assert.Equal(7, Model.Recommend(new(RecommendationTask.Basket) { Basket = [new("unheard-of")] }).Count);

    [Fact]
    public void Load_SavedModel_AnswersAlike()
    {
        var loaded = RecommendationModel.Load(new MemoryStream(Bytes(Model)));

        Assert.All(Enum.GetValues<RecommendationTask>(), task =>
            Assert.Equal(Model.Recommend(Anna(task)).Select(pick => (pick.Sku, pick.Score, pick.Reason)), loaded.Recommend(Anna(task)).Select(pick => (pick.Sku, pick.Score, pick.Reason))));
        Assert.Equal(Bytes(Model), Bytes(loaded));
    }

    [Fact]
    public void Load_DamagedModel_SaysSo() => Assert.Throws<FormatException>(() => RecommendationModel.Load(new MemoryStream(Bytes(Model)[..^100])));

    [Fact]
    public void Train_SameOrders_AreTheSameBytesWhateverTheThreads() =>
        Assert.Equal(Bytes(Model), Bytes(RecommendationTrainer.Train(Orders, [], threads: 1)));

    [Fact]
    public void Recommend_ShopWithoutOrders_AnswersFromDescriptionsWithLowConfidence()
    {
        var model = Train([], Product("1", "green tea"), Product("2", "desk lamp"), Product("3", "green tea sampler"));

        var pick = model.Recommend(new(RecommendationTask.Basket) { Basket = [new("1")] })[0];

        Assert.Equal(("3", RecommendationSource.Content, true), (pick.Sku.Value, pick.Source, pick.LowConfidence));
        Assert.StartsWith("Similar to green tea: ", pick.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Recommend_ProductNobodyBoughtYet_StandsBesideItsLikes()
    {
        var model = Train(["12", "13", "12", "45", "54", "45"], Product("1", "green tea"), Product("2", "tea pot"), Product("3", "cup"), Product("4", "desk lamp"), Product("5", "bulb"), Product("9", "green tea sampler"));

        var picks = model.Recommend(new(RecommendationTask.Basket) { Basket = [new("1")] }).ToList();

        var place = picks.FindIndex(pick => pick.Sku.Value == "9");
        Assert.True(place < picks.FindIndex(pick => pick.Sku.Value == "4"));
        Assert.True(picks[place].LowConfidence);
    }

    private static RecommendationModel Train(string[] baskets, params CatalogueProduct[] products)
    {
        var builder = new TrainingOrdersBuilder();
        foreach (var product in products)
        {
            builder.AddProduct(product.Sku);
        }

        for (var number = 0; number < baskets.Length; number++)
        {
            builder.Add($"{number:D5}", null, null, baskets[number].Select(letter => new Sku(letter.ToString())));
        }

        return RecommendationTrainer.Train(builder.Build(), products, threads: 1);
    }

    private static CatalogueProduct Product(string sku, string title) => new(new(sku)) { Title = title };

    private static RecommendationRequest Anna(RecommendationTask task) => new(task)
    {
        Orders = [new(DateTimeOffset.UnixEpoch.AddDays(170), [new("p")]), new(DateTimeOffset.UnixEpoch.AddDays(180), [new("t"), new("p")]), new(DateTimeOffset.UnixEpoch.AddDays(190), [new("t"), new("p")])],
    };

    private static byte[] Bytes(RecommendationModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
