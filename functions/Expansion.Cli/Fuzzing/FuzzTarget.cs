namespace Expansion.Cli.Fuzzing;

/// <summary>A parser of bytes from outside.</summary>
/// <param name="Seeds">Well-formed inputs to start from.</param>
/// <param name="Run">Parses. What it throws is a crash: refusals that callers expect are caught in here.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Run);
