using System.Globalization;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Serving;

namespace Expansion.Engine.Tests.Recommendations.Serving;

public sealed class RankedAnswersTests
{
    private static readonly IReadOnlyList<RankedPick> Answer =
    [
        new(new("a"), 0.5, RecommendationSource.Collaborative, null, "Often bought together.", []), new(new("b"), 0.25, RecommendationSource.Content, null, "Alike.", []),
    ];

    [Fact]
    public void GetOrAdd_AskedAgain_ComputesOnce()
    {
        var (answers, computed) = (new RankedAnswers(1 << 20), 0);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Answer.Select(Pick.Of), answers.GetOrAdd("key", () => ++computed > 0 ? Answer : []));
        }

        Assert.Equal(1, computed);
    }

    [Fact]
    public void GetOrAdd_ManyKeys_StaysBelowTheCapacityAndKeepsWhatIsAskedForOften()
    {
        var (answers, computed) = (new RankedAnswers(100_000), 0);

        for (var i = 0; i < 10_000; i++)
        {
            answers.GetOrAdd(i.ToString(CultureInfo.InvariantCulture), () => Answer);
            answers.GetOrAdd("often", () => ++computed > 0 ? Answer : []);
            Assert.InRange(answers.Bytes, 1, 101_000);
        }

        Assert.Equal(1, computed);
    }
}
