using System.ComponentModel.DataAnnotations;
using Expansion.Engine;

namespace Expansion.Functions.Operations;

/// <summary>
/// Which function key is for which shops. Bound to the section Access. Without any key here, a function key opens every shop, as suits one business;
/// with one, a key that isn't listed opens none.
/// </summary>
public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>By a name of one's own, which logs and rejections may show.</summary>
    public Dictionary<string, AccessKey> Keys { get; } = [];

    public SignInOptions SignIn { get; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Keys.SelectMany(key => key.Value.Problems().Select(problem => new ValidationResult($"{Section}:{nameof(Keys)}:{key.Key} {problem}", [nameof(Keys)]))),
        .. SignIn.Problems().Select(problem => new ValidationResult($"{Section}:{nameof(SignIn)} {problem}", [nameof(SignIn)])),
    ];
}

public sealed class AccessKey
{
    /// <summary>Stands for every shop.</summary>
    public const string AllShops = "*";

    /// <summary>SHA-256 of the function key in UTF-8, in hexadecimal: the setting is then no secret.</summary>
    public string Sha256 { get; set; } = "";

    public IList<string> Shops { get; private init; } = [];

    internal static AccessKey Of(IList<string> shops) => new() { Shops = shops };

    internal static bool IsShop(string shop) => shop == AllShops || (ShopId.TryFrom(shop, out var id) && id.Value == shop);

    /// <param name="shop">As a request names it; what is no shop's id is nobody's.</param>
    public bool IsFor(string shop) => Shops.Contains(AllShops) || (ShopId.TryFrom(shop, out var id) && Shops.Contains(id.Value));

    internal IEnumerable<string> Problems()
    {
        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit))
        {
            yield return "needs Sha256, the 64 hexadecimal digits of the key's hash.";
        }

        if (Shops.Count == 0 || Shops.Any(shop => !IsShop(shop)))
        {
            yield return $"needs Shops, each a shop's id or {AllShops}.";
        }
    }
}
