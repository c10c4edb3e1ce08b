using System.Globalization;
using Expansion.Engine;
using Expansion.Engine.Metrics;
using MimeKit;

namespace Expansion.Connectors.Email;

/// <summary>A metric that left its band as a mail to the shop's own people, in text.</summary>
public static class AlertMail
{
    /// <param name="id">Of the alert, of which the Message-ID is made: a second copy is known for one.</param>
    public static MimeMessage Build(MailSender sender, ShopId shop, string id, RaisedAlert alert)
    {
        var from = MailboxAddress.Parse(sender.From);
        var message = new MimeMessage
        {
            Date = alert.RaisedAt,
            MessageId = $"{id}@{from.Address.Split('@')[^1]}",
            Subject = $"{shop}: {alert.Metric} left its band",
            Body = new TextPart("plain")
            {
                Text = string.Create(CultureInfo.InvariantCulture, $"{alert.Words}\n\n{alert.Period.First:yyyy-MM-dd} to {alert.Period.Last:yyyy-MM-dd}, compared with the period before.\n"),
            },
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(sender.AlertsTo));
        return message;
    }
}
