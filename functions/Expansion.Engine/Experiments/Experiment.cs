using Expansion.Engine.Experiments.Assignment;

namespace Expansion.Engine.Experiments;

public enum ExperimentStatus
{
    Draft,
    Running,
    Paused,

    /// <summary>No more exposures; outcomes still come in.</summary>
    Stopped,

    /// <summary>The decision is recorded and stays, whatever comes in late.</summary>
    Concluded,
}

/// <summary>Who did what, when and why.</summary>
public sealed record AuditEntry(DateTimeOffset At, string By, ExperimentStatus Status, string What);

/// <summary>An experiment and its history. Every step answers with the changed experiment or with the reason why not.</summary>
public sealed record Experiment(ExperimentDefinition Definition)
{
    public ExperimentStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The decision in words, once concluded.</summary>
    public string? Conclusion { get; init; }

    /// <summary>A visitor's revenue counts up to here, fixed at the start from history; null: not capped.</summary>
    public decimal? RevenueCap { get; init; }

    /// <summary>A bandit's chances of now, one for each variation; null for the definition's weights.</summary>
    public IReadOnlyList<double>? Chances { get; init; }

    public IReadOnlyList<AuditEntry> Audit { get; init; } = [];

    private Layer Layer => Definition.Split.Layer;

    /// <summary>Whole days since the start; 0 before it, and when a clock went backwards.</summary>
    public int DaysRun(DateTimeOffset now) => StartedAt is { } start ? Math.Max(0, (int)(now - start).TotalDays) : 0;

    /// <summary>A new draft.</summary>
    public static Experiment Draft(ExperimentDefinition definition, string by, DateTimeOffset now, string? reason = null) =>
        Yes(new(definition), ExperimentStatus.Draft, With("drafted", reason), by, now).Changed!;

    /// <summary>Starts a draft or goes on after a pause. Refused while another test uses the same visitors of the touchpoint.</summary>
    /// <param name="others">The shop's other experiments; whoever stores the change must see to it that none of them starts in between.</param>
    public ExperimentStep Start(IEnumerable<Experiment> others, string by, DateTimeOffset now, string? reason = null)
    {
        if (Status is not (ExperimentStatus.Draft or ExperimentStatus.Paused))
        {
            return No($"it is {Word(Status)}; a test that ended can't go on, start a new one with a new seed");
        }

        if (Definition.Validate() is { Count: > 0 } errors)
        {
            return No($"its definition has mistakes: {string.Join("; ", errors.Select(error => $"{error.Key} {error.Value[0]}"))}");
        }

        if (others.FirstOrDefault(other => other.Status == ExperimentStatus.Running && other.Definition.Key != Definition.Key && other.Layer.Overlaps(Layer)) is { } running)
        {
            return No($"'{running.Definition.Key}' is running at the {ExpansionJson.Word(Definition.Touchpoint).Replace('_', ' ')} with the same visitors");
        }

        var goesOn = Status == ExperimentStatus.Paused;
        return Yes(this with { StartedAt = StartedAt ?? now }, ExperimentStatus.Running, With(goesOn ? "went on" : "started", reason), by, now);
    }

    public ExperimentStep Pause(string reason, string by, DateTimeOffset now) => Status == ExperimentStatus.Running
        ? Yes(this, ExperimentStatus.Paused, $"paused: {reason}", by, now)
        : No($"it is {Word(Status)} and only a running one can be paused");

    public ExperimentStep Stop(string reason, string by, DateTimeOffset now) => Status is ExperimentStatus.Running or ExperimentStatus.Paused
        ? Yes(this, ExperimentStatus.Stopped, $"stopped: {reason}", by, now)
        : No($"it is {Word(Status)} and only a running or paused one can be stopped");

    public ExperimentStep Conclude(string conclusion, string by, DateTimeOffset now) => Status == ExperimentStatus.Stopped
        ? Yes(this with { Conclusion = conclusion }, ExperimentStatus.Concluded, $"concluded: {conclusion}", by, now)
        : No($"it is {Word(Status)} and only a stopped one can be concluded");

    /// <summary>A draft may change in everything. A test that started may only take in more visitors: other weights would mix two tests.</summary>
    public ExperimentStep Change(ExperimentDefinition definition, string by, DateTimeOffset now, string? reason = null)
    {
        if (Status == ExperimentStatus.Draft)
        {
            return Yes(this with { Definition = definition }, Status, With("changed the draft", reason), by, now);
        }

        if (Status is ExperimentStatus.Stopped or ExperimentStatus.Concluded)
        {
            return No($"it is {Word(Status)}");
        }

        var grown = Definition with { Coverage = definition.Coverage };
        if (definition.Coverage < Definition.Coverage || definition.Coverage > 1 || !ExperimentEquality.Same(grown, definition))
        {
            return No("it has started: only its coverage may grow. For anything else stop it and start a new one with a new seed");
        }

        return Yes(this with { Definition = grown }, Status, With(FormattableString.Invariant($"raised the coverage to {definition.Coverage:P0}"), reason), by, now);
    }

    /// <summary>A clock that went backwards doesn't put the entry before the one that came before it.</summary>
    private static ExperimentStep Yes(Experiment changed, ExperimentStatus status, string what, string by, DateTimeOffset now)
    {
        var at = changed.Audit.Count > 0 && changed.Audit[^1].At > now ? changed.Audit[^1].At : now;
        return new(changed with { Status = status, Audit = [.. changed.Audit, new(at, by, status, what)] }, null);
    }

    private static string With(string what, string? reason) => string.IsNullOrWhiteSpace(reason) ? what : $"{what}: {reason.Trim()}";

    private static ExperimentStep No(string reason) => new(null, $"The experiment stays as it is: {reason}.");

    private static string Word(ExperimentStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>The changed experiment, or why it wasn't changed.</summary>
public sealed record ExperimentStep(Experiment? Changed, string? Refusal);
