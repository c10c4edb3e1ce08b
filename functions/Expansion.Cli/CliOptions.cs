using System.CommandLine;
using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Cli;

/// <summary>Options that verbs share.</summary>
internal static class CliOptions
{
    private static readonly JsonSerializerOptions IndentedOptions = new(ExpansionJson.Options) { WriteIndented = true };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON instead of text." };

    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, IndentedOptions) + Environment.NewLine;

    public static Option<ShopId> Shop() => new("--shop")
    {
        Description = "The shop, e.g. coffee.myshopify.com.",
        Required = true,
        CustomParser = result =>
        {
            if (!ShopId.TryFrom(result.Tokens[0].Value, out var shop))
            {
                result.AddError($"'{result.Tokens[0].Value}' is no shop: use 1 to 100 of the letters a-z, digits, dots and hyphens, e.g. 'coffee.myshopify.com'.");
            }

            return shop;
        },
    };
}
