namespace Expansion.Engine.Webhooks;

/// <summary>Endpoints that are switched off because they don't want our events, or haven't taken them for days.</summary>
public interface IWebhookEndpointStore
{
    /// <summary>Null while it is on.</summary>
    Task<DisabledEndpoint?> FindAsync(ShopId shop, string endpoint, CancellationToken cancellationToken);

    Task DisableAsync(ShopId shop, string endpoint, DisabledEndpoint disabled, CancellationToken cancellationToken);

    Task EnableAsync(ShopId shop, string endpoint, CancellationToken cancellationToken);
}

public sealed record DisabledEndpoint(DateTimeOffset At, string Reason);
