using System.ComponentModel.DataAnnotations;

namespace Expansion.Functions.Recommendations;

/// <summary>Bound to the section Serving.</summary>
public sealed class ServingOptions
{
    public const string Section = "Serving";

    /// <summary>How often an instance looks for what others changed: stock, decisions, rules, a new model. What it answers is older by no more than this and the time of looking.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A shop that nobody has asked for so long is forgotten; the next request of it reads it anew.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Most memory for all shops together, in bytes by estimate, 16 MiB to 64 GiB; those asked for longest ago go first. The one asked for last stays, however large.</summary>
    [Range(1L << 24, 1L << 36)]
    public long MaxBytes { get; set; } = 768L << 20;

    /// <summary>Of it, most memory for the answers of one shop's model, 1 MiB to 8 GiB.</summary>
    [Range(1L << 20, 1L << 33)]
    public long AnswerBytes { get; set; } = 256L << 20;
}
