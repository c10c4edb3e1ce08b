using Expansion.Connectors.Email;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Email;

/// <summary>Ends a subscription with one request, as mail programs send it (RFC 8058) and the page's button does. The link is the authorization.</summary>
public sealed class Unsubscribe(UnsubscribeLinks links, MailingList list)
{
    [Function(nameof(Unsubscribe))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "email/unsubscribe/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } subscription)
        {
            return Problems.NotFound("The link isn't whole: open it from the mail once more.");
        }

        await list.UnsubscribeAsync(subscription, cancellationToken);
        return UnsubscribePage.Html("Unsubscribed", "<p>You will get no more offers by e-mail.</p>");
    }
}
