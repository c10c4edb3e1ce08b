namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>The templates a shop has written or rewritten.</summary>
public sealed record TemplateSet(IReadOnlyList<PresentationTemplate> Templates)
{
    public const string Document = "templates";

    private const int Most = 500;

    /// <summary>Every mistake, by where it is; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = Templates.SelectMany((template, index) => template.Validate().Select(error => KeyValuePair.Create($"templates[{index}].{error.Key}", error.Value))).ToDictionary();
        if (Templates.Count > Most)
        {
            errors["templates"] = [$"must be at most {Most}"];
        }

        foreach (var same in Templates.Select((template, index) => (Key: (template.Language, template.Kind, template.Style), index)).GroupBy(template => template.Key).Where(same => same.Count() > 1))
        {
            errors[$"templates[{same.Last().index}]"] = ["has the language, kind and style of another"];
        }

        return errors;
    }
}
