using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Billing;

internal sealed class StripeCheck(IOptions<StripeOptions> options) : IConnectorCheck
{
    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var accounts = options.Value.Accounts;
        yield return new(true, accounts.Count == 0
            ? "Stripe is off: no account is configured under Billing:Stripe:Accounts."
            : $"Stripe's events are taken for {string.Join(", ", accounts.Select(account => account.Shop + (account.TestMode ? " (test mode)" : "")))}.");
    }
}
