using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expansion.LocalHost;
using Fluid;
using Fluid.Values;

namespace Expansion.Browser.Tests.Storefront;

/// <summary>The theme extension's own files, and its block rendered as a theme would.</summary>
internal static partial class OfferBlock
{
    private static readonly string Extension = Path.Combine(RepositoryRoot.Find(), "functions", "Expansion.Storefront", "extensions", "expansion");

    private static readonly string Liquid = File.ReadAllText(Path.Combine(Extension, "blocks", "offer.liquid"));

    public static JsonNode Schema => JsonNode.Parse(SchemaTag().Match(Liquid).Groups[1].Value)!;

    public static string Asset(string name) => Path.Combine(Extension, "assets", name);

    public static IEnumerable<string> Locales => Directory.GetFiles(Path.Combine(Extension, "locales")).Select(file => Path.GetFileName(file));

    public static Dictionary<string, string> Words(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Extension, "locales", file)))!["offer"].Deserialize<Dictionary<string, string>>()!;

    public static string Render(string language, string pageType, Dictionary<string, object?>? product, Dictionary<string, object?> cart)
    {
        var words = Words(language == "en" ? "en.default.json" : $"{language}.json");
        var options = new TemplateOptions();
        options.Filters.AddFilter("t", (input, _, _) => new StringValue(words[input.ToStringValue()["offer.".Length..]]));
        var settings = Schema["settings"]!.AsArray().ToDictionary(setting => (string)setting!["id"]!, setting => (object?)(string?)setting!["default"]);
        settings["product"] = product;
        var context = new TemplateContext(options);
        context.SetValue("block", new Dictionary<string, object?> { ["settings"] = settings, ["shopify_attributes"] = "data-block=\"1\"" });
        context.SetValue("request", new Dictionary<string, object?> { ["page_type"] = pageType });
        context.SetValue("cart", cart);
        return new FluidParser().Parse(SchemaTag().Replace(Liquid, "")).Render(context);
    }

    [GeneratedRegex(@"\{% schema %\}(.*)\{% endschema %\}", RegexOptions.Singleline)]
    private static partial Regex SchemaTag();
}
