using System.ComponentModel.DataAnnotations;
using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Timing.Triggers;

public sealed record PositiveReviewOptions
{
    /// <summary>Least rating, of 5: 3 to 5.</summary>
    [Range(3, 5)]
    public int MinRating { get; init; } = 4;

    /// <summary>Days for which a review is fresh: 1 to 31.</summary>
    [Range(1, 31)]
    public int FreshDays { get; init; } = 7;
}

/// <summary>The customer's last review was a good one.</summary>
internal sealed class PositiveReviewTrigger : ITimingTrigger
{
    public string Name => TimingTriggers.PositiveReview;

    public IReadOnlyList<Touchpoint> Touchpoints => [Touchpoint.PostPurchaseEmail, Touchpoint.AccountPage, Touchpoint.InApp, Touchpoint.ProductPage];

    public TriggerReading Read(TimingContext context)
    {
        var options = context.Settings.PositiveReview;
        if (context.Customer.Support.Review is not { } review)
        {
            return this.No($"No review was posted.");
        }

        var until = review.At.AddDays(options.FreshDays);
        return review.Value.Rating < options.MinRating ? this.No($"The last review gave {review.Value.Rating} of 5, {options.MinRating} needed.")
            : context.Now > until ? this.No($"The last review is more than {options.FreshDays} days old.")
            : this.Fires($"{review.At.UtcDateTime:yyyyMMddHHmm}", until, $"The last review gave {review.Value.Rating} of 5.");
    }
}
