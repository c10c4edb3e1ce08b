using System.Buffers.Text;
using System.Text.Json;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Affinity.Listing;
using Expansion.Engine.Affinity.Season;
using Expansion.Engine.Recommendations;

namespace Expansion.Functions.Affinity;

/// <summary>What the query strings about pairs have in common.</summary>
internal static class PairsQuery
{
    private const string Undecided = "none";

    public static PairFilter Filter(QueryReader query)
    {
        var verdict = query.OneOf("verdict", [.. ExpansionJson.Words<PairVerdict>(), Undecided]);
        return new()
        {
            Product = query.Sku("product"),
            MinSupport = query.Number("min_support", 0, 1),
            MinLift = query.Number("min_lift", 0, 1_000_000),
            MinCount = query.Whole("min_count", 0, int.MaxValue),
            MaxQ = query.Number("max_q", 0, 1),
            Seasonal = query.Flag("seasonal"),
            Trend = query.Word<TrendDirection>("trend"),
            Touchpoint = query.Word<Touchpoint>("touchpoint"),
            Verdict = ExpansionJson.FromWord<PairVerdict>(verdict),
            Decided = verdict == Undecided ? false : null,
            Actionable = query.Flag("actionable"),
        };
    }
}

/// <summary>Where a page ended: the generation, and its last pair.</summary>
internal sealed record PairsCursor(string Generation, Sku A, Sku B)
{
    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, ExpansionJson.Options));

    /// <summary>Null when the text is no cursor of ours.</summary>
    public static PairsCursor? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PairsCursor>(Base64Url.DecodeFromChars(text), ExpansionJson.Options) is { Generation: not null, A.Value: not null, B.Value: not null } cursor ? cursor : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
