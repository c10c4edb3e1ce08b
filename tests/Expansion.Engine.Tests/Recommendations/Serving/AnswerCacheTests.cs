using System.Globalization;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Tests.Recommendations.Serving;

public sealed class AnswerCacheTests
{
    [Fact]
    public void Find_Kept_IsTheLastOneKept()
    {
        var answers = new AnswerCache<string>(1 << 20, answer => answer.Length);
        Assert.Null(answers.Find("key"));

        answers.Keep("key", "old");
        var before = answers.Bytes;
        answers.Keep("key", "newer");

        Assert.Equal(("newer", before + 2), (answers.Find("key"), answers.Bytes));
    }

    [Fact]
    public void Keep_ManyKeys_StaysBelowTheCapacityAndKeepsWhatIsAskedForOften()
    {
        var answers = new AnswerCache<string>(100_000, answer => answer.Length);
        answers.Keep("often", "asked");

        for (var number = 0; number < 10_000; number++)
        {
            answers.Keep(number.ToString(CultureInfo.InvariantCulture), "answer");
            Assert.NotNull(answers.Find("often"));
            Assert.InRange(answers.Bytes, 1, 100_200);
        }

        Assert.Null(answers.Find("0"));
    }

    [Fact]
    public void Picks_OfAnAnswerKeptSmall_AreThoseOfTheModel()
    {
        RankedPick[] ranked =
        [
            new(new("a"), 0.5, RecommendationSource.Collaborative, null, "Often bought together.", []),
            new(new("b"), 0.25, RecommendationSource.Content, null, "Alike.", []),
            new(new("c"), 0.125, RecommendationSource.Content, null, string.Concat("Al", "ike."), []),
        ];

        var picks = new RankedAnswer(ranked).Picks().ToList();

        Assert.Equal(ranked.Select(Pick.Of), picks.Select(pick => pick with { Because = Pick.Of(ranked[0]).Because }));
        Assert.Same(picks[1].Reason, picks[2].Reason);
    }
}
