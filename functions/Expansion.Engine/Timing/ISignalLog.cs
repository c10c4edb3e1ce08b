using Expansion.Engine.Timing.Signals;

namespace Expansion.Engine.Timing;

/// <summary>Every signal as it arrived, to be gone through again. A signal that came twice may be in it twice.</summary>
public interface ISignalLog
{
    Task AppendAsync(ShopId shop, IReadOnlyList<Signal> signals, DateTimeOffset arrivedAt, CancellationToken cancellationToken);

    /// <summary>What arrived in these hours, in no order.</summary>
    IAsyncEnumerable<Signal> ReadAsync(ShopId shop, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}
