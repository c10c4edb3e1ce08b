using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Expansion.Cli.Faults;

/// <summary>
/// Has the shop recomputed again and again, and reads its pairs meanwhile. A generation is whole when it is first seen: whoever reads it, wherever and
/// however often, reads the same.
/// </summary>
internal sealed class PairReader(HttpClient http, Func<Uri> host)
{
    private static readonly TimeSpan Recompute = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Read = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, string> _seen = [];
    private readonly ConcurrentBag<string> _violations = [];

    public int Generations => _seen.Count;

    public int Pages { get; private set; }

    public IEnumerable<string> Violations => _violations;

    public async Task RunAsync(CancellationToken stopping)
    {
        for (var due = DateTimeOffset.UtcNow; !stopping.IsCancellationRequested; await Task.Delay(Read, CancellationToken.None))
        {
            if (DateTimeOffset.UtcNow >= due)
            {
                await TryAsync(() => http.PostAsync(new Uri(host(), $"api/shops/{OrderStream.Shop}/recompute"), null));
                due = DateTimeOffset.UtcNow + Recompute;
            }

            if (await TryAsync(() => http.GetAsync(new Uri(host(), $"api/affinity/pairs?shop={OrderStream.Shop}&page_size=500"))) is { } page)
            {
                Compare(JsonNode.Parse(page)!);
            }
        }
    }

    private void Compare(JsonNode page)
    {
        Pages++;
        var generation = (string)page["generation"]!["id"]!;
        var pairs = $"{page["generation"]!.ToJsonString()} {page["total"]} {page["items"]!.ToJsonString()}";
        if (!_seen.TryAdd(generation, pairs) && _seen[generation] != pairs)
        {
            _violations.Add($"Generation {generation} was read in two ways.");
        }
    }

    /// <returns>The answer when all is well; null when the host is away, or knows nothing yet.</returns>
    private static async Task<string?> TryAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var answer = await ask();
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }
}
