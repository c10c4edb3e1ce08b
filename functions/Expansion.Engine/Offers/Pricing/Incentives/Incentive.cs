using System.Text.Json.Serialization;

namespace Expansion.Engine.Offers.Pricing.Incentives;

/// <summary>What is given on top, so that the offer is taken. In JSON its kind comes first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Percentage), "percentage")]
[JsonDerivedType(typeof(Fixed), "fixed")]
[JsonDerivedType(typeof(Trial), "trial")]
public abstract record Incentive
{
    private Incentive()
    {
    }

    /// <summary>Most days a trial may last.</summary>
    public const int MostTrialDays = 365;

    private const decimal DaysAMonth = 30;

    /// <summary>What it costs the shop when the offer is taken at this price; never more than the price for a discount.</summary>
    public abstract Money CostAt(Money price);

    /// <summary>What is to be paid after it.</summary>
    public virtual Money PriceAfter(Money price) => price.Rounded() - CostAt(price);

    /// <summary>Why it can't be given; null when it can.</summary>
    public abstract string? Refuse(Money price);

    public sealed record None : Incentive
    {
        public override Money CostAt(Money price) => price * 0;

        public override string? Refuse(Money price) => null;
    }

    /// <param name="Share">Of the price, above 0 and below 1; the discount is rounded down to what can be paid.</param>
    public sealed record Percentage(decimal Share) : Incentive
    {
        public override Money CostAt(Money price) => Money.FromMinorUnits((long)decimal.Floor(price.ToMinorUnits() * Share), price.Currency);

        public override string? Refuse(Money price) => Share is > 0 and < 1 ? null : FormattableString.Invariant($"{Share * 100:0.##} % is no discount: it must be above 0 and below 100 %");
    }

    public sealed record Fixed(Money Amount) : Incentive
    {
        public override Money CostAt(Money price) => Amount.ToMinorUnits() < price.ToMinorUnits() ? Amount.Rounded() : price.Rounded();

        public override string? Refuse(Money price) => Amount.Currency != price.Currency ? $"the discount is in {Amount.Currency}, the price in {price.Currency}"
            : Amount.Amount <= 0 ? "the discount is nothing"
            : Amount.Amount >= price.Amount ? "the discount is the whole price"
            : null;
    }

    /// <summary>An add-on for nothing for a time. The price stays as it is.</summary>
    /// <param name="MonthlyCost">What a month of the add-on costs the shop.</param>
    public sealed record Trial(string AddOn, int Days, Money MonthlyCost) : Incentive
    {
        public override Money CostAt(Money price) => (MonthlyCost * (Days / DaysAMonth)).Rounded();

        public override Money PriceAfter(Money price) => price.Rounded();

        public override string? Refuse(Money price) => Days is < 1 or > MostTrialDays ? $"a trial lasts 1 to {MostTrialDays} days"
            : MonthlyCost.Currency != price.Currency ? $"the trial's cost is in {MonthlyCost.Currency}, the price in {price.Currency}"
            : MonthlyCost.Amount < 0 ? "the trial's cost is below zero"
            : null;
    }
}
