namespace Expansion.Engine.Outcomes;

/// <summary>
/// What an exposed visitor is worth in an experiment: all they bought from first exposure to the window's end, net of what came back. A visitor counts only once the window has
/// closed, and then once and for all: values that still grow would break the sequential test.
/// </summary>
/// <param name="Length">7 days by default.</param>
public sealed record ExposureWindow(TimeSpan Length)
{
    public static ExposureWindow Default { get; } = new(TimeSpan.FromDays(7));

    /// <summary>Null while the window is open. Nothing before the exposure counts.</summary>
    /// <param name="amounts">Refunds negative, with the time of their order: they belong to the exposure that led to it.</param>
    public decimal? Value(DateTimeOffset exposedAt, IEnumerable<(DateTimeOffset At, decimal Amount)> amounts, DateTimeOffset now) => now < exposedAt + Length
        ? null
        : amounts.Where(amount => amount.At >= exposedAt && amount.At < exposedAt + Length).Sum(amount => amount.Amount);
}
