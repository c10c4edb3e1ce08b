using Expansion.Engine.Affinity;
using Expansion.Engine.Recommendations;
using Expansion.Engine.Recommendations.Catalogue;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Engine.Shops;

namespace Expansion.Functions.Recommendations;

/// <summary>All that is needed to answer a shop's requests, in memory. The catalogue changes in place; the rest is replaced as a whole.</summary>
public sealed class ServedShop(ShopCatalogue catalogue, ServedState state, DateTimeOffset noticed, long answerBytes)
{
    /// <summary>By rough measure, an item with its texts.</summary>
    private const int ItemBytes = 800;

    private ServedState _state = state;
    private long _lastUsed;

    public ShopCatalogue Catalogue => catalogue;

    public ServedState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>By the clock's timestamp.</summary>
    public long LastUsed
    {
        get => Volatile.Read(ref _lastUsed);
        set => Volatile.Write(ref _lastUsed, value);
    }

    public long Bytes => ((long)catalogue.Count * ItemBytes) + State.ModelBytes + State.Answers.Bytes + Answers.Bytes;

    /// <summary>Answers as they went out, by what was asked. One counts as long as nothing it was made of has changed.</summary>
    public AnswerCache<WrittenAnswer> Answers { get; } = new(answerBytes, answer => answer.Json.Length);

    public WrittenAnswer? FindAnswer(string query) => Answers.Find(query) is { } answer && ReferenceEquals(answer.State, State) && answer.CatalogueVersion == catalogue.Version ? answer : null;

    /// <summary>One refresh at a time, so that none puts back what another has replaced.</summary>
    public SemaphoreSlim Refresh { get; } = new(1, 1);

    /// <summary>Up to when changes of the catalogue have been taken over, and which of those about then.</summary>
    public DateTimeOffset NoticedUpTo { get; set; } = noticed;

    public HashSet<string> Noticed { get; set; } = [];
}

/// <param name="State">What it was made of, together with the catalogue as it was before.</param>
public sealed record WrittenAnswer(byte[] Json, ServedState State, long CatalogueVersion);

/// <param name="Model">Null before the first night.</param>
public sealed record ServedState(Shop Shop, AffinityGeneration? Affinity, ModelGeneration? Generation, RecommendationModel? Model)
{
    /// <summary>A later generation that this version of the app can't read; null for none.</summary>
    public string? Unreadable { get; init; }

    public PurchaseIndex Purchases { get; init; } = PurchaseIndex.Empty;

    public long ModelBytes { get; init; }

    public required AnswerCache<RankedAnswer> Answers { get; init; }

    public RecommendationRules Rules { get; init; } = new();

    public string? RulesVersion { get; init; }

    public PairVerdicts Verdicts { get; init; } = PairVerdicts.None;

    public string VerdictsVersion { get; init; } = "";
}
