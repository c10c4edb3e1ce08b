using Expansion.Engine.Recommendations;

namespace Expansion.Engine.Offers;

/// <summary>The way an offer reaches a customer, which is what customers opt out of.</summary>
public enum Channel
{
    Web,
    InApp,
    Email,
    Person,
}

public static class Channels
{
    public static Channel Of(Touchpoint touchpoint) => touchpoint switch
    {
        Touchpoint.PostPurchaseEmail => Channel.Email,
        Touchpoint.CustomerSuccess => Channel.Person,
        Touchpoint.InApp or Touchpoint.Onboarding => Channel.InApp,
        _ => Channel.Web,
    };

    /// <summary>Whether an offer there goes out by itself; else it is asked for when the customer is there.</summary>
    public static bool IsPushed(this Touchpoint touchpoint) => touchpoint is Touchpoint.PostPurchaseEmail or Touchpoint.CustomerSuccess;
}
