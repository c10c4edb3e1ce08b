namespace Expansion.Functions.Operations;

/// <summary>Sign-in by Microsoft Entra through App Service authentication, so that nobody types a key into the dashboard. Bound to the section Access:SignIn.</summary>
public sealed class SignInOptions
{
    /// <summary>
    /// That App Service authentication stands before this app, which takes the header X-MS-CLIENT-PRINCIPAL off every request and writes its own. Where it doesn't, anybody
    /// can write that header: it is ignored unless this is set.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>A function key of this app, handed to who is signed in with a role below. Without such a role beside it, it opens nothing.</summary>
    public string Key { get; set; } = "";

    /// <summary>The registration's app roles, each with the shops it is for; * stands for every shop.</summary>
    public Dictionary<string, string[]> Roles { get; } = [];

    /// <returns>What the caller's roles open together; null when none is listed, or nobody is signed in.</returns>
    internal AccessKey? AccessOf(ClientPrincipal? principal)
    {
        var shops = Enabled && principal is not null ? principal.Roles.SelectMany(role => Roles.GetValueOrDefault(role) ?? []).Distinct().ToList() : [];
        return shops.Count == 0 ? null : AccessKey.Of(shops);
    }

    internal IEnumerable<string> Problems()
    {
        if (Enabled && (Key.Length == 0 || Roles.Count == 0))
        {
            yield return "needs Key, a function key of this app, and Roles.";
        }

        foreach (var (role, shops) in Roles)
        {
            if (shops.Length == 0 || shops.Any(shop => !AccessKey.IsShop(shop)))
            {
                yield return $"Roles:{role} needs shops, each a shop's id or {AccessKey.AllShops}.";
            }
        }
    }
}
