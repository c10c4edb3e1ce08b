namespace Expansion.Connectors.Webhooks;

/// <summary>A signing secret of Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes, which are the key.</summary>
public static class WebhookSecret
{
    private const string Prefix = "whsec_";

    public static bool TryParse(string? text, out byte[] key)
    {
        key = [];
        var bytes = new byte[64];
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true || !Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) || length < 24)
        {
            return false;
        }

        key = bytes[..length];
        return true;
    }

    public static byte[] Parse(string text) => TryParse(text, out var key) ? key : throw new FormatException("A webhook secret is whsec_ and the base64 of 24 to 64 bytes.");
}
