using System.Collections.Frozen;

namespace Expansion.Engine.Offers.Pricing.Presentation;

/// <summary>Every fact that copy can name. A template that names another is refused.</summary>
public static class FactNames
{
    public const string Product = "product";
    public const string Gain = "gain";
    public const string Price = "price";
    public const string ReferencePrice = "reference_price";
    public const string Saving = "saving";
    public const string SavingPercent = "saving_percent";
    public const string Items = "items";
    public const string Anchor = "anchor";
    public const string Spend = "spend";
    public const string Alternative = "alternative";
    public const string AlternativePrice = "alternative_price";
    public const string Count = "count";
    public const string Task = "task";
    public const string Minutes = "minutes";
    public const string Hours = "hours";
    public const string Payback = "payback";
    public const string BuyersPercent = "buyers_percent";
    public const string Threshold = "threshold";
    public const string Gap = "gap";
    public const string StockLeft = "stock_left";
    public const string EndsOn = "ends_on";
    public const string TrialDays = "trial_days";

    /// <summary>Name and meaning.</summary>
    public static FrozenDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Product] = "what is offered",
        [Gain] = "what the customer gets by it, e.g. unlimited users",
        [Price] = "what is to be paid",
        [ReferencePrice] = "the price it is compared with",
        [Saving] = "reference price less price",
        [SavingPercent] = "the same in percent, rounded down",
        [Items] = "the parts of a bundle, each with its price",
        [Anchor] = "the sentence that puts the price beside another number",
        [Spend] = "what the customer pays a month now",
        [Alternative] = "something like it from somebody else",
        [AlternativePrice] = "its price",
        [Count] = "how often something was done by hand in a month",
        [Task] = "what was done by hand, in the plural",
        [Minutes] = "minutes each took",
        [Hours] = "hours all took",
        [Payback] = "how long until the price is earned back",
        [BuyersPercent] = "share of comparable customers or orders that chose it",
        [Threshold] = "the cart total that brings a benefit, e.g. free shipping",
        [Gap] = "what is missing to the threshold",
        [StockLeft] = "how many are left, where they are counted",
        [EndsOn] = "the day the offer ends",
        [TrialDays] = "how long the trial lasts",
    }.ToFrozenDictionary();
}
