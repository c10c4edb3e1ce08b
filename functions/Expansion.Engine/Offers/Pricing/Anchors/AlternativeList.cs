namespace Expansion.Engine.Offers.Pricing.Anchors;

/// <summary>What others ask for something like what the shop sells, each with where and when it was seen.</summary>
public sealed record AlternativeList(IReadOnlyList<Alternative> Alternatives)
{
    public const string Document = "alternatives";

    private const int Most = 500;

    /// <summary>Every mistake, by where it is; empty when all is well.</summary>
    /// <param name="today">Nothing can have been seen later; a day ahead may be a time zone.</param>
    public IReadOnlyDictionary<string, string[]> Validate(DateOnly today)
    {
        var errors = new Dictionary<string, string[]>();
        Check("alternatives", Alternatives.Count <= Most, $"must be at most {Most}");
        for (var index = 0; index < Alternatives.Count; index++)
        {
            var alternative = Alternatives[index];
            var path = $"alternatives[{index}]";
            Check($"{path}.name", !string.IsNullOrWhiteSpace(alternative.Name) && Alternatives.Count(other => other.Name == alternative.Name) == 1, "must be there, and no other's");
            Check($"{path}.price", alternative.Price.Amount > 0 && Currencies.IsCode(alternative.Price.Currency), "must be above 0, e.g. {\"amount\": 150, \"currency\": \"USD\"}");
            Check($"{path}.source", !string.IsNullOrWhiteSpace(alternative.Source), "must say where the price was seen");
            Check($"{path}.observed_on", alternative.ObservedOn <= today.AddDays(1), "must not be in the future");
        }

        return errors;

        void Check(string name, bool valid, string message)
        {
            if (!valid)
            {
                errors[name] = [message];
            }
        }
    }
}
