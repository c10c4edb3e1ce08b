namespace Expansion.Engine.Experiments;

/// <summary>An experiment is to be read: its figures, and whether it harms.</summary>
public sealed record ExperimentReadingDue(ShopId Shop, string Experiment)
{
    public const string Queue = "experiment-reading-due";
}
