using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Expansion.Engine;

namespace Expansion.Cli;

/// <summary>Options that verbs share.</summary>
internal static class CliOptions
{
    private static readonly JsonSerializerOptions IndentedOptions = new(ExpansionJson.Options) { WriteIndented = true };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON instead of text." };

    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, IndentedOptions) + Environment.NewLine;

    /// <summary>A day or a time in UTC.</summary>
    public static DateTimeOffset Time(ArgumentResult result)
    {
        if (!DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            result.AddError($"'{result.Tokens[0].Value}' is no time: write a day as 2026-03-01, or a time as 2026-03-01T09:30:00Z.");
        }

        return time;
    }

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
