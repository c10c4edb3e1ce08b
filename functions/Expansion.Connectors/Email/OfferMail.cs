using System.Globalization;
using System.Net;
using Expansion.Engine.Contacts;
using Expansion.Engine.Offers.Pricing.Presentation;
using MimeKit;

namespace Expansion.Connectors.Email;

/// <summary>An offer as a mail: text and HTML of the same words, the way out in its header and below it.</summary>
public static class OfferMail
{
    public const string OfferHeader = "X-Expansion-Offer";

    private static readonly Dictionary<string, (string Why, string Leave)> Words = new()
    {
        ["en"] = ("You get this because you are a customer and agreed to offers by e-mail.", "Unsubscribe"),
        ["de"] = ("Sie erhalten dies als Kunde, der Angeboten per E-Mail zugestimmt hat.", "Abmelden"),
        ["es"] = ("Recibe este mensaje porque es cliente y aceptó recibir ofertas por correo electrónico.", "Darse de baja"),
        ["ar"] = ("تصلك هذه الرسالة لأنك عميل ووافقت على تلقي العروض بالبريد الإلكتروني.", "إلغاء الاشتراك"),
    };

    /// <param name="moment">What the mail opens with; null for no such words.</param>
    /// <param name="offer">Its id, of which the Message-ID is made: a second copy is known for one.</param>
    public static MimeMessage Build(MailSender sender, Contact contact, string offer, string sku, OfferPresentation presentation, MailMoment? moment, Uri unsubscribe, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(sender.From);
        var message = new MimeMessage { Date = now, MessageId = $"{offer}@{from.Address.Split('@')[^1]}", Subject = presentation.Headline };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(contact.Name, contact.Email ?? throw new ArgumentException("The contact has no address.", nameof(contact))));
        if (sender.ReplyTo is { Length: > 0 } reply)
        {
            message.ReplyTo.Add(MailboxAddress.Parse(reply));
        }

        message.Headers.Add("List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.Headers.Add(OfferHeader, offer);
        var link = sender.ProductUrl.Replace("{sku}", Uri.EscapeDataString(sku), StringComparison.Ordinal);
        var language = CultureInfo.GetCultureInfo(presentation.Locale).TwoLetterISOLanguageName;
        var (why, leave) = Words.GetValueOrDefault(language, Words["en"]);
        var opening = moment?.Opening(language);
        message.Body = new BodyBuilder
        {
            TextBody = $"{presentation.Headline}\n\n{(opening is null ? "" : $"{opening}\n\n")}{presentation.Body}\n\n{presentation.Terms}\n{presentation.CallToAction}: {link}\n\n-- \n{why}\n{leave}: {unsubscribe.AbsoluteUri}\n{sender.PostalAddress}\n",
            HtmlBody = Html(presentation, opening, link, sender.PostalAddress, why, leave, unsubscribe),
        }.ToMessageBody();
        return message;
    }

    private static string Html(OfferPresentation offer, string? opening, string link, string address, string why, string leave, Uri unsubscribe)
    {
        var (reference, saving) = (offer.ReferencePrice is null ? "" : $"<s>{Encode(offer.ReferencePrice)}</s> ", offer.Saving is null ? "" : $" <em>{Encode(offer.Saving)}</em>");
        return $"""
            <!DOCTYPE html>
            <html lang="{Encode(offer.Locale)}" dir="{(offer.RightToLeft ? "rtl" : "ltr")}">
            <head><meta charset="utf-8"><title>{Encode(offer.Headline)}</title></head>
            <body>
              <h1>{Encode(offer.Headline)}</h1>
              {(opening is null ? "" : $"<p>{Encode(opening)}</p>")}
              <p>{Encode(offer.Body)}</p>
              <p>{reference}<strong>{Encode(offer.Price)}</strong>{saving}</p>
              <p>{Encode(offer.Terms)}</p>
              <p><a href="{Encode(link)}">{Encode(offer.CallToAction)}</a></p>
              <hr>
              <p><small>{Encode(why)} <a href="{Encode(unsubscribe.AbsoluteUri)}">{Encode(leave)}</a><br>{Encode(address)}</small></p>
            </body>
            </html>
            """;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
