using Expansion.Connectors.Email;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Email;

/// <summary>Asks who opens the link in a browser. Opening alone ends nothing, since mail scanners open every link.</summary>
public sealed class UnsubscribePage(UnsubscribeLinks links)
{
    [Function(nameof(UnsubscribePage))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "email/unsubscribe/{token}")] HttpRequest request, string token) => links.Read(token) is null
        ? Problems.NotFound("The link isn't whole: open it from the mail once more.")
        : Html("Unsubscribe", """<form method="post"><p>No more offers by e-mail?</p><button>Unsubscribe</button></form>""");

    internal static IResult Html(string title, string body) => Results.Content(
        $"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>""",
        "text/html; charset=utf-8");
}
