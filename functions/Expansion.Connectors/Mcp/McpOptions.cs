using Expansion.Engine;

namespace Expansion.Connectors.Mcp;

/// <summary>Bound to the section Mcp. Without clients every request is refused.</summary>
public sealed class McpOptions
{
    public const string Section = "Mcp";

    public IList<McpClientOptions> Clients { get; } = [];

    /// <summary>Web pages that may call, by their origin, e.g. https://inspector.example. A request without an Origin comes from no page.</summary>
    public IList<string> Origins { get; } = [];
}

/// <summary>An agent, or a group of them, that has a key.</summary>
public sealed class McpClientOptions
{
    public const int MinKeyLength = 24;

    /// <summary>For the log.</summary>
    public string Name { get; set; } = "";

    /// <summary>Sent as Authorization: Bearer …; 24 characters or more.</summary>
    public string Key { get; set; } = "";

    /// <summary>The shops it may ask about; all of them when empty.</summary>
    public IList<string> Shops { get; } = [];

    public bool MayAsk(ShopId shop) => Shops.Count == 0 || Shops.Any(text => ShopId.TryFrom(text, out var id) && id == shop);
}
