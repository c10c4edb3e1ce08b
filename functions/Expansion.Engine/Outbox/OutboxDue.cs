namespace Expansion.Engine.Outbox;

/// <summary>An item is to be tried now.</summary>
public sealed record OutboxDue(OutboxKey Key)
{
    public const string Queue = "outbox-due";
}
