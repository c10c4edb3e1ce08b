using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Expansion.Connectors.Email;

internal sealed class EmailCheck(IOptions<EmailOptions> options) : IConnectorCheck
{
    public async IAsyncEnumerable<ConnectorFinding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.Senders.Count == 0)
        {
            yield return new(true, "E-mail is off: no sender is configured under Email:Senders.");
        }

        foreach (var sender in options.Value.Senders)
        {
            yield return await SmtpMailer.TryAsync(sender, cancellationToken) is { } trouble
                ? new(false, $"The mail server {sender.Host}:{sender.Port} of {sender.Shop} can't be used: {trouble}.")
                : new(true, $"The mail server {sender.Host}:{sender.Port} takes mail of {sender.Shop}.");
        }
    }
}
