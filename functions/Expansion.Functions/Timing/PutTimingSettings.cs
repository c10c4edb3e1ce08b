using Expansion.Engine.Shops;
using Expansion.Engine.Timing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

/// <summary>Replaces a shop's options of when to speak; what the body leaves out gets its default. Counts within seconds.</summary>
public sealed class PutTimingSettings(IShopStore shops, IShopTimingStore timings, ShopTimings cache)
{
    [Takes<TimingSettings>]
    [Answers<TimingSettings>]
    [Function(nameof(PutTimingSettings))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "shops/{shop}/timing")] HttpRequest request, string shop, CancellationToken cancellationToken)
    {
        var (id, settings, problem) = await request.ReadJsonAsync<TimingSettings>(shop, shops, cancellationToken);
        if (settings is null)
        {
            return problem!;
        }

        if (settings.Validate() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        var known = await timings.SettingsAsync(id, cancellationToken);
        var expected = request.Headers.IfMatch is [{ } etag] && etag != "*" ? etag : known.Version;
        if (expected != known.Version || !await timings.SaveAsync(id, new(settings, known.Version), cancellationToken))
        {
            return Problems.Conflict("The settings were changed by somebody else: read them again and repeat.");
        }

        cache.Forget(id);
        return Results.Ok(settings);
    }
}
