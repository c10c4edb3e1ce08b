namespace Expansion.Connectors.Email;

/// <summary>The moment of a customer's life that a mail is about, which it opens with in the reader's language.</summary>
public sealed class MailMoment
{
    private readonly Dictionary<string, string> _openings;

    private MailMoment(string name, Dictionary<string, string> openings) => (Name, _openings) = (name, openings);

    public static MailMoment Onboarding { get; } = new("onboarding", new()
    {
        ["en"] = "You have just started with us, and this helps you get going.",
        ["de"] = "Sie haben gerade bei uns begonnen, und das hilft beim Einstieg.",
        ["es"] = "Acaba de empezar con nosotros, y esto le ayuda a arrancar.",
        ["ar"] = "لقد بدأت معنا للتو، وهذا يساعدك على الانطلاق.",
    });

    public static MailMoment Milestone { get; } = new("milestone", new()
    {
        ["en"] = "You have reached a milestone with us.",
        ["de"] = "Sie haben bei uns einen Meilenstein erreicht.",
        ["es"] = "Ha alcanzado un hito con nosotros.",
        ["ar"] = "لقد بلغت مرحلة مهمة معنا.",
    });

    public static MailMoment Renewal { get; } = new("renewal", new()
    {
        ["en"] = "Your subscription renews soon.",
        ["de"] = "Ihr Abonnement verlängert sich bald.",
        ["es"] = "Su suscripción se renueva pronto.",
        ["ar"] = "سيتجدد اشتراكك قريبًا.",
    });

    public static MailMoment PostPurchase { get; } = new("post_purchase", new()
    {
        ["en"] = "Thank you for your order.",
        ["de"] = "Danke für Ihre Bestellung.",
        ["es"] = "Gracias por su pedido.",
        ["ar"] = "شكرًا لطلبك.",
    });

    public static IReadOnlyList<MailMoment> All { get; } = [Onboarding, Milestone, Renewal, PostPurchase];

    public string Name { get; }

    /// <summary>English where the language has no words of its own.</summary>
    public string Opening(string language) => _openings.GetValueOrDefault(language, _openings["en"]);
}
