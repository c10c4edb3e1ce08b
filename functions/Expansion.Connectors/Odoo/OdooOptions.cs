using Expansion.Engine;

namespace Expansion.Connectors.Odoo;

public enum OdooProtocol
{
    /// <summary>JSON-2 where the server has it, else JSON-RPC.</summary>
    Auto,

    /// <summary>Odoo 19 and newer.</summary>
    Json2,

    /// <summary>Odoo 16 to 18, and newer ones for some time.</summary>
    JsonRpc,
}

/// <summary>Bound to the section Odoo. Without connections nothing is sent.</summary>
public sealed class OdooOptions
{
    public const string Section = "Odoo";

    public IList<OdooConnection> Connections { get; } = [];

    public OdooConnection? ConnectionOf(ShopId shop) => Connections.FirstOrDefault(connection => ShopId.TryFrom(connection.Shop, out var id) && id == shop);
}

/// <summary>A shop's Odoo.</summary>
public sealed class OdooConnection
{
    public const int MaxKeys = 5;

    public string Shop { get; set; } = "";

    /// <summary>The server's address, e.g. https://mycompany.odoo.com.</summary>
    public string Url { get; set; } = "";

    /// <summary>Needed for JSON-RPC, and where the server has several databases.</summary>
    public string? Database { get; set; }

    /// <summary>The login of the user the keys belong to; needed for JSON-RPC.</summary>
    public string? Login { get; set; }

    /// <summary>API keys, tried in this order, 1 to 5: put a new one first and take the old one out when it has ended.</summary>
    public IList<string> Keys { get; } = [];

    /// <summary>When the newest key ends (Odoo grants three months at most); from two weeks before, doctor warns.</summary>
    public DateTimeOffset? KeysEnd { get; set; }

    public OdooProtocol Protocol { get; set; }

    /// <summary>How long the server has to answer. Default 30 s, 1 s to 2 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
