namespace Expansion.Engine.Recommendations.Serving;

/// <summary>What a shop recommends by is to be learned anew.</summary>
public sealed record ModelDue(ShopId Shop)
{
    public const string Queue = "model-due";
}
