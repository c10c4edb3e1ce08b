namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>What an offer is about, which decides how it is told.</summary>
public enum OfferKind
{
    Upgrade,
    AddOn,

    /// <summary>A product that goes with what the customer has or has in the cart.</summary>
    Companion,
    Bundle,
    CartThreshold,
}

/// <summary>What the copy puts first.</summary>
public enum CopyStyle
{
    /// <summary>What the customer is better off by.</summary>
    Benefit,

    /// <summary>What it is and does.</summary>
    Feature,

    /// <summary>How many others chose it; only ever with a real count.</summary>
    SocialProof,
}

/// <summary>The copy of one kind of offer in one style and language, with facts in it (<see cref="FactNames"/>).</summary>
/// <param name="Language">Two letters, e.g. "de".</param>
public sealed record PresentationTemplate(string Language, OfferKind Kind, CopyStyle Style, string Headline, string Body, string Terms, string CallToAction)
{
    /// <summary>Every mistake, by the name of the field it is in; empty when the template can be saved.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        if (Language is not { Length: 2 } || !Language.All(char.IsAsciiLetterLower))
        {
            errors["language"] = ["must be two letters, e.g. de"];
        }

        foreach (var (name, text) in Texts)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                errors[name] = ["must be there"];
            }
            else if (Copy.Parse(text, out var mistake) is null)
            {
                errors[name] = [mistake ?? "can't be read"];
            }
        }

        return errors;
    }

    private (string Name, string Text)[] Texts => [("headline", Headline), ("body", Body), ("terms", Terms), ("call_to_action", CallToAction)];
}
