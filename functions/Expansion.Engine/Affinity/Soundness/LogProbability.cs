namespace Expansion.Engine.Affinity.Soundness;

/// <summary>A probability kept as its natural logarithm: 1e-400 and 1e-4000 are both 0 as a double, yet the second is the stronger pair.</summary>
public readonly record struct LogProbability(double Ln) : IComparable<LogProbability>
{
    public static LogProbability One => default;

    /// <summary>The probability itself; 0 below about 1e-323.</summary>
    public double Value => Math.Exp(Ln);

    public double Log10 => Ln / Math.Log(10);

    public int CompareTo(LogProbability other) => Ln.CompareTo(other.Ln);
}
