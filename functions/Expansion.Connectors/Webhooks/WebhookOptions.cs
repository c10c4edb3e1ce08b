using System.ComponentModel.DataAnnotations;
using Expansion.Engine;

namespace Expansion.Connectors.Webhooks;

/// <summary>Bound to the section Webhooks. Without endpoints nothing is sent, without sources nothing is taken.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    public const int MaxSecrets = 5;

    /// <summary>Where our events go.</summary>
    public IList<WebhookEndpoint> Endpoints { get; } = [];

    /// <summary>Who may send us signed events.</summary>
    public IList<WebhookSource> Sources { get; } = [];

    /// <summary>The largest body taken, in bytes. Default 1 MiB, at most 4 MiB.</summary>
    [Range(1024, 4_194_304)]
    public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>How long an endpoint has to answer. Default 20 s, 1 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    public WebhookEndpoint? Endpoint(ShopId shop, string id) => EndpointsOf(shop).FirstOrDefault(endpoint => endpoint.Id == id);

    public IEnumerable<WebhookEndpoint> EndpointsOf(ShopId shop) => Endpoints.Where(endpoint => ShopId.TryFrom(endpoint.Shop, out var id) && id == shop);
}

/// <summary>An address that wants our events.</summary>
public sealed class WebhookEndpoint
{
    /// <summary>Our name for it: letters, digits, - and _.</summary>
    public string Id { get; set; } = "";

    public string Shop { get; set; } = "";

    /// <summary>https, and a host whose addresses are all public.</summary>
    public string Url { get; set; } = "";

    /// <summary>whsec_ secrets; every event is signed with each of them, 1 to 5.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>The types it wants; all of them when empty.</summary>
    public IList<string> Types { get; } = [];

    /// <summary>Sent as Authorization as it stands, for receivers that check no signatures; e.g. Bearer and a token.</summary>
    public string? Authorization { get; set; }

    /// <summary>For a machine of your own only: http and private addresses are allowed.</summary>
    public bool Private { get; set; }

    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);
}

/// <summary>A system that sends us signed events.</summary>
public sealed class WebhookSource
{
    /// <summary>The last part of its address here: letters, digits, - and _.</summary>
    public string Id { get; set; } = "";

    /// <summary>Whose customers the events are about.</summary>
    public string Shop { get; set; } = "";

    /// <summary>whsec_ secrets, any of which may have signed, 1 to 5.</summary>
    public IList<string> Secrets { get; } = [];
}
