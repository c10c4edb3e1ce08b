namespace Expansion.Engine.Outbox;

public enum OutboxState
{
    /// <summary>To be tried at <see cref="OutboxItem.NextAt"/>.</summary>
    Pending,

    /// <summary>The other side has it.</summary>
    Delivered,

    /// <summary>Given up, until somebody sends it again.</summary>
    Dead,
}

/// <summary>Something that has to reach another system, and what became of it so far.</summary>
/// <param name="Channel">Who carries it: odoo, email, or webhook: and the endpoint's id.</param>
/// <param name="Id">What it is about. The same thing handed in twice is one item.</param>
/// <param name="Body">What the channel needs to know, at most 40 KiB.</param>
public sealed record OutboxItem(ShopId Shop, string Channel, string Id, string Body, DateTimeOffset CreatedAt)
{
    public OutboxState State { get; init; }

    /// <summary>Tries that have begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Not before. While a try runs, the time by which it must have ended.</summary>
    public DateTimeOffset NextAt { get; init; } = CreatedAt;

    /// <summary>A try has begun and its end isn't known.</summary>
    public bool Trying { get; init; }

    /// <summary>How the last try ended, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The part of the channel's name that says who carries it.</summary>
    public string Carrier => Channel.Split(':', 2)[0];

    /// <summary>The rest of the channel's name; empty where there is only one.</summary>
    public string Destination => Channel.Split(':', 2) is [_, var destination] ? destination : "";

    public OutboxItem Begin(DateTimeOffset until) => this with { Trying = true, Attempts = Attempts + 1, NextAt = until };

    public OutboxItem Kill(string reason) => this with { State = OutboxState.Dead, Trying = false, Reason = reason };

    /// <summary>As new, to be tried at once.</summary>
    public OutboxItem Revive(DateTimeOffset now) => this with { State = OutboxState.Pending, Trying = false, Attempts = 0, NextAt = now };

    /// <param name="retries">The waits after the first try, the second, and so on; when they are used up it is given up.</param>
    public OutboxItem End(DeliveryResult result, IReadOnlyList<TimeSpan> retries, DateTimeOffset now)
    {
        var ended = this with { Trying = false, Reason = result.Reason };
        return result switch
        {
            Delivered => ended with { State = OutboxState.Delivered },
            Refused => ended with { State = OutboxState.Dead },
            // Waiting for the right hour is no failure.
            Postponed later => ended with { Attempts = Attempts - 1, NextAt = later.Until },
            Failed when Attempts > retries.Count => Kill($"Given up after {Attempts} tries. {result.Reason}"),
            Failed failed => ended with { NextAt = now + RetryDelay.Of(retries[Attempts - 1], failed.After, $"{Channel}:{Id}:{Attempts}") },
            _ => throw new InvalidOperationException($"{result.GetType().Name} is no result."),
        };
    }
}

/// <summary>What one try came to. The reason is shown to people and never holds a secret.</summary>
public abstract record DeliveryResult(string? Reason);

public sealed record Delivered(string? Reason = null) : DeliveryResult(Reason);

/// <param name="After">How long the other side asked us to wait.</param>
public sealed record Failed(string Reason, TimeSpan? After = null) : DeliveryResult(Reason);

/// <summary>Not tried, because it isn't the time.</summary>
public sealed record Postponed(string Reason, DateTimeOffset Until) : DeliveryResult(Reason);

/// <summary>Trying again would not help.</summary>
public sealed record Refused(string Reason) : DeliveryResult(Reason);
