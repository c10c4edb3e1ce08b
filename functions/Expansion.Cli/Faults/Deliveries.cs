namespace Expansion.Cli.Faults;

/// <summary>Sends each request until it is taken, as Shopify does, and counts.</summary>
internal sealed class Deliveries(HttpClient http, Func<Uri> host)
{
    private long _taken;
    private long _tries;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>More than were taken: some were not taken at once.</summary>
    public long Tries => Interlocked.Read(ref _tries);

    public async Task PostAsync(string path, byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        for (var wait = 200; !await TryAsync(path, body, headers); wait = Math.Min(wait * 2, 2000))
        {
            await Task.Delay(wait);
        }

        Interlocked.Increment(ref _taken);
    }

    private async Task<bool> TryAsync(string path, byte[] body, IReadOnlyDictionary<string, string> headers)
    {
        Interlocked.Increment(ref _tries);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host(), path)) { Content = new ByteArrayContent(body) };
            foreach (var (name, value) in headers)
            {
                _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
            }

            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            // The host is away or stands still.
            return false;
        }
    }
}
