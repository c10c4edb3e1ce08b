using System.ComponentModel.DataAnnotations;

namespace Expansion.Engine.Timing.Suppressions;

public sealed record PriceIncreaseOptions
{
    /// <summary>Days after a price went up: 7 to 365.</summary>
    [Range(7, 365)]
    public int Days { get; init; } = 30;
}

/// <summary>Never right after a price increase of anything the customer has.</summary>
internal sealed class PriceIncreaseSuppression : ISuppression
{
    public string Name => TimingSuppressions.PriceIncrease;

    public Suppression? Check(TimingContext context)
    {
        var days = context.Settings.PriceIncrease.Days;
        var (item, rise) = context.Customer.Subscription.PriceRises
            .Concat(context.Shop.PriceRises.Where(known => context.Customer.Has(known.Key)))
            .Where(known => known.Value.At.AddDays(days) > context.Now)
            .OrderByDescending(known => known.Value.At).ThenBy(known => known.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return rise is null ? null
            : this.Because($"The price of {item} went from {rise.From.Amount} to {rise.To.Amount} {rise.To.Currency} less than {days} days ago.", rise.At.AddDays(days));
    }
}
