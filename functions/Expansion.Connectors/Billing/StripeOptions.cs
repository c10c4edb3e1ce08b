using System.ComponentModel.DataAnnotations;
using Expansion.Engine;

namespace Expansion.Connectors.Billing;

/// <summary>Bound to the section Billing:Stripe. Without accounts nothing is taken.</summary>
public sealed class StripeOptions
{
    public const string Section = "Billing:Stripe";

    public const int MaxSecrets = 5;

    public IList<StripeAccount> Accounts { get; } = [];

    /// <summary>The largest body taken, in bytes. Default 1 MiB, at most 4 MiB.</summary>
    [Range(1024, 4_194_304)]
    public int MaxBodyBytes { get; set; } = 1_048_576;

    public StripeAccount? AccountOf(ShopId shop) => Accounts.FirstOrDefault(account => ShopId.TryFrom(account.Shop, out var id) && id == shop);
}

/// <summary>The Stripe account that bills a shop's customers.</summary>
public sealed class StripeAccount
{
    public string Shop { get; set; } = "";

    /// <summary>Signing secrets of the webhook endpoint, whsec_…, 1 to 5: the old one stays valid while the new one is rolled out.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Takes the events of Stripe's test mode, and only those.</summary>
    public bool TestMode { get; set; }

    /// <summary>The name of the subscriptions' metadata that holds your own id of the customer; without it, or where it is missing, Stripe's id is the customer's.</summary>
    public string? CustomerMetadata { get; set; }
}
