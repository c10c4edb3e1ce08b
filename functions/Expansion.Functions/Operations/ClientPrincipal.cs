using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions.Operations;

/// <summary>Who is signed in, by the word of App Service authentication (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities).</summary>
internal sealed record ClientPrincipal(string? Name, IReadOnlyList<string> Roles)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    /// <returns>Null when nobody is, or the header is none.</returns>
    public static ClientPrincipal? Of(HttpRequest request)
    {
        try
        {
            return request.Headers.TryGetValue(Header, out var header) && JsonSerializer.Deserialize<Sent>(Convert.FromBase64String(header.ToString())) is { Claims: { } claims } sent
                ? new(claims.FirstOrDefault(claim => claim.Type == sent.NameType)?.Value, [.. claims.Where(claim => claim.Type == sent.RoleType || claim.Type == "roles").Select(claim => claim.Value ?? "").Distinct()])
                : null;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Sent(
        [property: JsonPropertyName("name_typ")] string? NameType, [property: JsonPropertyName("role_typ")] string? RoleType, [property: JsonPropertyName("claims")] IReadOnlyList<Claim>? Claims);

    private sealed record Claim([property: JsonPropertyName("typ")] string? Type, [property: JsonPropertyName("val")] string? Value);
}
