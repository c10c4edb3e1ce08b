namespace Expansion.Engine.Timing;

/// <summary>What customers answered, by month, added up by whoever hears of it.</summary>
public interface IAnswerCounts
{
    Task AddAsync(ShopId shop, YearMonth month, IReadOnlyDictionary<string, AnswerCounts> counts, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, AnswerCounts>> ReadAsync(ShopId shop, YearMonth month, CancellationToken cancellationToken);
}
