using Expansion.Engine;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Billing;

/// <summary>Collects every mistake, by its setting. Secrets are never repeated in a message.</summary>
internal sealed class StripeOptionsValidator : IValidateOptions<StripeOptions>
{
    public ValidateOptionsResult Validate(string? name, StripeOptions options)
    {
        var errors = options.Accounts.Index().SelectMany(account => Mistakes(account.Item).Select(mistake => $"{StripeOptions.Section}:Accounts:{account.Index}:{mistake}"))
            .Concat(options.Accounts.GroupBy(account => account.Shop).Where(same => same.Count() > 1).Select(same => $"{StripeOptions.Section}:Accounts: {same.Key} is there more than once; give it several secrets instead."))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Mistakes(StripeAccount account)
    {
        if (!ShopId.TryFrom(account.Shop, out _))
        {
            yield return $"Shop: '{account.Shop}' is no shop's id, e.g. coffee.example.";
        }

        if (account.Secrets.Count is 0 or > StripeOptions.MaxSecrets || !account.Secrets.All(secret => secret.StartsWith("whsec_", StringComparison.Ordinal) && secret == secret.Trim()))
        {
            yield return $"Secrets: 1 to {StripeOptions.MaxSecrets} are needed, each as Stripe shows it, beginning with whsec_.";
        }
    }
}
