namespace Expansion.Engine.Experiments.Assignment;

/// <summary>Programs that say so in their user agent. Those that don't are caught by nobody here.</summary>
internal static class BotAgents
{
    private static readonly string[] Marks =
        ["bot", "crawl", "spider", "slurp", "headless", "lighthouse", "preview", "monitor", "curl/", "wget/", "python-requests", "facebookexternalhit"];

    public static bool IsBot(string? userAgent) => userAgent is not null && Marks.Any(mark => userAgent.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
