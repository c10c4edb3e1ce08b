using MimeKit;

namespace Expansion.Connectors.Email;

public enum BounceKind
{
    /// <summary>For now, as when a mailbox is full.</summary>
    Soft,

    /// <summary>For good.</summary>
    Hard,

    /// <summary>The reader called it spam.</summary>
    Complaint,
}

public sealed record Bounce(string Email, BounceKind Kind);

/// <summary>Reads what mail servers send back: delivery reports (RFC 3464) and complaints (RFC 5965).</summary>
public static class BounceReport
{
    /// <returns>Empty for any other message.</returns>
    /// <exception cref="FormatException">It is no message.</exception>
    public static IReadOnlyList<Bounce> Read(Stream raw)
    {
        var message = MimeMessage.Load(raw);
        return
        [
            .. message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(report => report.StatusGroups).Select(OfGroup).OfType<Bounce>(),
            .. message.BodyParts.OfType<MessageFeedbackReport>().Select(report => Address(report.Fields["Original-Rcpt-To"])).OfType<string>().Select(address => new Bounce(address, BounceKind.Complaint)),
        ];
    }

    private static Bounce? OfGroup(HeaderList group) =>
        group["Action"]?.Trim().ToLowerInvariant() is "failed" && Address(group["Original-Recipient"] ?? group["Final-Recipient"]) is { } address
            ? new(address, group["Status"]?.Trim() is ['5', '.', '1', ..] or ['5', '.', '0', ..] ? BounceKind.Hard : BounceKind.Soft)
            : null;

    /// <summary>Without the kind of address that stands before it: rfc822; ada@example.com.</summary>
    private static string? Address(string? field) => field?.Split(';')[^1].Trim().Trim('<', '>') is { Length: > 0 } address ? address : null;
}
