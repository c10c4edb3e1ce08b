using Expansion.Functions.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Dashboard;

/// <summary>Hands the dashboard its key when App Service authentication says that who looks has one of the roles listed. The key opens nothing without that word.</summary>
public sealed class SignIn(IOptions<AccessOptions> access)
{
    [Answers<SignedIn>]
    [Function(nameof(SignIn))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/sign-in")] HttpRequest request)
    {
        var signIn = access.Value.SignIn;
        if (!signIn.Enabled)
        {
            return Problems.NotFound("This app doesn't sign in by Microsoft Entra: enter a function key.");
        }

        var principal = ClientPrincipal.Of(request);
        if (signIn.AccessOf(principal) is not { } allowed)
        {
            return Problems.Forbidden("You have none of the app roles that this app lists under Access:SignIn:Roles: ask who runs it for one.");
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new SignedIn(signIn.Key, principal!.Name, [.. allowed.Shops]));
    }
}

/// <param name="Shops">Those that the roles are for; * for every one.</param>
internal sealed record SignedIn(string Key, string? Name, IReadOnlyList<string> Shops);
