using Expansion.Engine;

namespace Expansion.Connectors.Email;

public enum MailSecurity
{
    /// <summary>Encrypted after STARTTLS, or not at all sent. Usually port 587.</summary>
    StartTls,

    /// <summary>Encrypted from the beginning. Usually port 465.</summary>
    Tls,

    /// <summary>For a server on this machine only.</summary>
    None,
}

/// <summary>Bound to the section Email. Without senders no mail is sent.</summary>
public sealed class EmailOptions
{
    public const string Section = "Email";

    /// <summary>Where this app is reached from outside, e.g. https://expansion.example.com: the links for unsubscribing begin with it.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Secrets that the links are signed with, 32 characters or more: the first signs, all are accepted. A link in a mail must work for years.</summary>
    public IList<string> LinkKeys { get; } = [];

    public IList<MailSender> Senders { get; } = [];

    public MailSender? SenderOf(ShopId shop) => Senders.FirstOrDefault(sender => ShopId.TryFrom(sender.Shop, out var id) && id == shop);
}

/// <summary>Who a shop's mail comes from, and the server that takes it.</summary>
public sealed class MailSender
{
    public string Shop { get; set; } = "";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; }

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>E.g. Coffee &lt;offers@coffee.example&gt;.</summary>
    public string From { get; set; } = "";

    public string? ReplyTo { get; set; }

    /// <summary>Who in the shop is told when a metric leaves its band; nobody, when empty.</summary>
    public string AlertsTo { get; set; } = "";

    /// <summary>Name and postal address of the sender, as many countries' laws want them below an offer.</summary>
    public string PostalAddress { get; set; } = "";

    /// <summary>Where a product is bought; {sku} stands for it, e.g. https://coffee.example/products/{sku}.</summary>
    public string ProductUrl { get; set; } = "";

    /// <summary>How long the server has for each answer: 1 s to 2 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}
