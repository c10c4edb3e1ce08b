namespace Expansion.Engine.Recommendations;

/// <summary>Where a suggestion is shown.</summary>
public enum Touchpoint
{
    ProductPage,
    CartPage,
    Checkout,
    PostPurchaseEmail,
    Onboarding,
    InApp,
    AccountPage,
    CustomerSuccess,
}
