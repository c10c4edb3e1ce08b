namespace Expansion.Engine.Shops;

public enum BackfillState
{
    /// <summary>The next piece is to be asked for.</summary>
    Waiting,

    /// <summary>The shop makes a file of it.</summary>
    Exporting,

    /// <summary>The file is here and is imported.</summary>
    Importing,

    Done,

    /// <summary><see cref="Backfill.Error"/> says what has to be put right before it is started again.</summary>
    Failed,
}

/// <summary>How far the orders that a shop had before it came here are fetched: a piece of some months at a time, oldest first.</summary>
/// <param name="Cursor">All orders from before it are here.</param>
/// <param name="Until">Where it ends: since then the webhooks tell.</param>
/// <param name="DueAt">When it goes on.</param>
public sealed record Backfill(BackfillState State, DateTimeOffset Cursor, DateTimeOffset Until, DateTimeOffset DueAt)
{
    public const int MonthsAPiece = 3;

    /// <summary>Tries of one piece's import before somebody has to look.</summary>
    public const int MostLooks = 120;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>The shop's own id of the export.</summary>
    public string? Operation { get; init; }

    public string? Import { get; init; }

    public long Orders { get; init; }

    /// <summary>Failures, or looks in vain, one after the other.</summary>
    public int Failures { get; init; }

    /// <summary>What went wrong last; gone when it goes on.</summary>
    public string? Error { get; init; }

    /// <summary>Somebody is at it until then.</summary>
    public DateTimeOffset? BusyUntil { get; init; }

    public bool IsOver => State is BackfillState.Done or BackfillState.Failed;

    public DateTimeOffset PieceEnd => Cursor.AddMonths(MonthsAPiece) < Until ? Cursor.AddMonths(MonthsAPiece) : Until;

    public static Backfill Of(DateTimeOffset now, int months) => new(BackfillState.Waiting, now.AddMonths(-months), now, now);

    /// <param name="told">The export of which was told that it is over: there is no need to wait.</param>
    public bool IsDue(DateTimeOffset now, string? told) => !IsOver && !(BusyUntil > now) && (DueAt <= now || (State == BackfillState.Exporting && told == Operation));

    public Backfill Exporting(string operation, DateTimeOffset now) => Next(BackfillState.Exporting, now.Add(FirstWait)) with { Operation = operation };

    public Backfill Importing(string import, DateTimeOffset now) => Next(BackfillState.Importing, now.Add(FirstWait / 6)) with { Import = import };

    /// <summary>The piece is here: on to the next.</summary>
    public Backfill PieceDone(long orders, DateTimeOffset now) =>
        Next(PieceEnd >= Until ? BackfillState.Done : BackfillState.Waiting, now) with { Cursor = PieceEnd, Orders = Orders + orders };

    /// <summary>What the shop made is of no use: the same piece again.</summary>
    public Backfill Again(string why, DateTimeOffset now) => Later(why, null, now) with { State = BackfillState.Waiting, Operation = null };

    /// <summary>Nothing has gone wrong, it only isn't ready.</summary>
    public Backfill Look(DateTimeOffset now) => this with { DueAt = now.Add(FirstWait / 6), Failures = Failures + 1 };

    /// <summary>Tries again when the shop says, else after a while that doubles, up to a quarter of an hour, for as long as it takes.</summary>
    public Backfill Later(string why, TimeSpan? wait, DateTimeOffset now)
    {
        var doubled = FirstWait * Math.Pow(2, Math.Min(Failures, 10));
        return this with { DueAt = now.Add(wait ?? (doubled < LongestWait ? doubled : LongestWait)), Failures = Failures + 1, Error = why };
    }

    public Backfill Fail(string why) => this with { State = BackfillState.Failed, Error = why };

    private Backfill Next(BackfillState state, DateTimeOffset due) => this with { State = state, DueAt = due, Operation = null, Import = null, Failures = 0, Error = null };
}

/// <summary>It is time to go on with a shop's backfill.</summary>
/// <param name="Operation">The export that was told to be over; null when nothing was.</param>
public sealed record BackfillDue(ShopId Shop, string? Operation = null) : IReceived
{
    public const string Queue = "backfill-due";

    string IReceived.Queue => Queue;

    string? IReceived.Payload => null;

    IReceived IReceived.KeptIn(string payload) => throw new InvalidOperationException("The name of an export fits into any queue.");
}

/// <summary>How the backfill of each shop stands.</summary>
public interface IBackfillStore
{
    /// <summary>Null where none was ever started.</summary>
    Task<StoredBackfill?> FindAsync(ShopId shop, CancellationToken cancellationToken);

    /// <param name="since">The version that is replaced; null where there is none.</param>
    /// <returns>The new version; null when somebody else was faster.</returns>
    Task<string?> SaveAsync(ShopId shop, Backfill backfill, string? since, CancellationToken cancellationToken);
}

/// <param name="Version">Changes with every write.</param>
public sealed record StoredBackfill(Backfill Backfill, string Version);
