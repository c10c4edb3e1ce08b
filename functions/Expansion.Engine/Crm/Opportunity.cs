namespace Expansion.Engine.Crm;

/// <summary>A chance to sell more to a customer, for a person to take up.</summary>
/// <param name="Id">1 to 100 letters, digits, - and _. The same id is the same opportunity, however often it is handed in.</param>
/// <param name="Product">The SKU or plan.</param>
/// <param name="Reason">Why now, in words.</param>
/// <param name="NextStep">What the person is to do.</param>
public sealed record Opportunity(string Id, CustomerId Customer, string Product, string Reason, string NextStep)
{
    public const int MaxIdLength = 100;

    public string? ProductTitle { get; init; }

    public Money? ExpectedRevenue { get; init; }

    /// <summary>The offer that it came of, to which its end is told.</summary>
    public string? Offer { get; init; }

    public static bool IsId(string? text) => text is { Length: > 0 and <= MaxIdLength } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
