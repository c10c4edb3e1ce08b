namespace Expansion.Engine.Contacts;

/// <summary>How customers are reached, kept only for shops that have a channel which needs it. Personal: it goes when the customer goes.</summary>
public interface IContactStore
{
    Task<Contact?> FindAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken);

    /// <summary>Saves what is newer than what is known; an older word changes nothing.</summary>
    Task SaveAsync(ShopId shop, Contact contact, CancellationToken cancellationToken);

    /// <summary>Can be repeated.</summary>
    Task DeleteAsync(ShopId shop, CustomerId customer, CancellationToken cancellationToken);
}

/// <param name="At">When this was true.</param>
public sealed record Contact(CustomerId Customer, DateTimeOffset At)
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    /// <summary>The language to write in, with a region if known, e.g. de or de-AT.</summary>
    public string? Locale { get; init; }

    /// <summary>Whether the customer has agreed to marketing by e-mail; null when nobody said. Only yes is yes.</summary>
    public bool? EmailConsent { get; init; }

    /// <summary>This word, with what it leaves open taken from the one before.</summary>
    public Contact Over(Contact? before) => before is null ? this : this with
    {
        Email = Email ?? before.Email,
        Name = Name ?? before.Name,
        Locale = Locale ?? before.Locale,
        EmailConsent = EmailConsent ?? before.EmailConsent,
    };
}
