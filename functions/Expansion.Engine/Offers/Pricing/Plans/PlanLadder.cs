namespace Expansion.Engine.Offers.Pricing.Plans;

/// <summary>All plans of a shop, and which of them it wants to sell.</summary>
/// <param name="TargetId">The plan most customers should choose; null leaves it to <see cref="Target"/>.</param>
public sealed record PlanLadder(IReadOnlyList<Plan> Plans, string? TargetId = null)
{
    public const string Document = "plans";

    private const int MostPlans = 50;

    /// <summary>The plans on sale and shown, cheapest first.</summary>
    public IReadOnlyList<Plan> Shown() => [.. Plans.Where(plan => plan is { OnSale: true, Shown: true }).OrderBy(plan => plan.Monthly.Amount).ThenBy(plan => plan.Id, StringComparer.Ordinal)];

    /// <summary>The plan the shop named; else the shown plan above the one most customers have, and without customers the middle one. Null with fewer than two plans.</summary>
    public Plan? Target()
    {
        var shown = Shown();
        if (TargetId is { } id)
        {
            return Plans.FirstOrDefault(plan => plan.Id == id && plan.OnSale);
        }

        var most = shown.Count > 1 ? shown.Take(shown.Count - 1).MaxBy(plan => plan.Customers) : null;
        return most is null ? null
            : most.Customers == 0 ? shown[shown.Count / 2]
            : shown.SkipWhile(plan => plan != most).ElementAt(1);
    }

    /// <summary>Every mistake, by where it is; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string[]> Validate()
    {
        var errors = new Dictionary<string, string[]>();
        Check("plans", Plans.Count <= MostPlans, $"must be at most {MostPlans}");
        Check("target_id", TargetId is null || Plans.Any(plan => plan.Id == TargetId && plan.OnSale), "must be the id of a plan on sale");
        for (var index = 0; index < Plans.Count; index++)
        {
            var plan = Plans[index];
            var path = $"plans[{index}]";
            Check($"{path}.id", !string.IsNullOrWhiteSpace(plan.Id) && Plans.Count(other => other.Id == plan.Id) == 1, "must be there, and no other plan's");
            Check($"{path}.name", !string.IsNullOrWhiteSpace(plan.Name), "must be there");
            Check($"{path}.monthly", plan.Monthly.Amount >= 0 && Currencies.IsCode(plan.Monthly.Currency) && plan.Monthly.Currency == Plans[0].Monthly.Currency, "must be 0 or more, in the one currency of all plans, e.g. {\"amount\": 29, \"currency\": \"USD\"}");
            Check($"{path}.annual", plan.Annual is not { } annual || (annual.Amount >= 0 && annual.Currency == plan.Monthly.Currency), "must be 0 or more, in the plan's currency");
            Check($"{path}.monthly_cost", plan.MonthlyCost is not { } cost || (cost.Amount >= 0 && cost.Currency == plan.Monthly.Currency), "must be 0 or more, in the plan's currency");
            Check($"{path}.limits", plan.Limits.Values.All(limit => limit is null or >= 0), "must be 0 or more, or null for unlimited");
            Check(
                $"{path}.spares",
                plan.Spares is not { } work || (!string.IsNullOrWhiteSpace(work.Metric) && !string.IsNullOrWhiteSpace(work.Task) && work.MinutesEach > 0 && work.HourlyCost.Amount > 0 && work.HourlyCost.Currency == plan.Monthly.Currency),
                "must name a metric of use and a task, and have minutes_each and an hourly_cost above 0 in the plan's currency");
            Check($"{path}.customers", plan.Customers >= 0, "must be 0 or more");
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
