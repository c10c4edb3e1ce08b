using System.Globalization;
using System.Text.Json;
using Expansion.Engine.Experiments.Simulation;

namespace Expansion.Cli.Verbs.Experiments;

/// <summary>Other engines' figures on the same setup, from a file such as experiments_simulation_anchors.json. What isn't in it isn't shown.</summary>
internal sealed class SimulationAnchors(JsonElement? root)
{
    private static readonly string[] Patterns = ["daily", "frequent"];

    public static SimulationAnchors None { get; } = new(null);

    public static SimulationAnchors Read(FileInfo file)
    {
        using var stream = file.OpenRead();
        using var document = JsonDocument.Parse(stream);
        return new(document.RootElement.Clone());
    }

    /// <summary>The same method's line and, below the fixed-horizon test, all other engines'.</summary>
    public IEnumerable<string> Beside(MethodResult result)
    {
        if (result.Shop.StartsWith("revenue", StringComparison.Ordinal))
        {
            return result is { Method: "planned_seq_fut" or "naive_z", Looks: "daily" } ? Revenue(result) : [];
        }

        var methods = Find(root, result.Looks, result.Shop, "methods");
        return result.Method == "fixed_single_look"
            ? Patterns.SelectMany(looks => Lines(looks, Find(root, looks, result.Shop, "methods"), name => name is not ("planned_seq_fut" or "naive_z")))
            : Lines(result.Looks, methods, name => name == result.Method);
    }

    public string Beside(TrafficResult result) =>
        Find(root, "srm", result.TrueShare.ToString(CultureInfo.InvariantCulture)) is { } sequential && Find(sequential, "seq_k1000_a0.001") is { } same
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"    anchor seq_k1000_a0.001: alarms {SimulationText.Percent(Number(same, "alarm_share"))}, on day {Number(same, "mean_day"):F1}; ")
                + $"chi-square at p < 0.001 every day: {SimulationText.Percent(Find(sequential, "chi2_p<0.001") is { } daily ? Number(daily, "alarm_share") : 0)}"
            : "";

    public string Beside(GuardrailResult result) =>
        Find(root, "guardrail_return_rate", "results", string.Create(CultureInfo.InvariantCulture, $"{result.ControlOrders}|{result.TrueChange}")) is { } same
            ? $"    anchor, the same rule: let through {SimulationText.Percent(Number(same, "pass_"))}; \"not significantly worse\": {SimulationText.Percent(Number(same, "gb_not_sig_worse"))}"
            : "";

    private IEnumerable<string> Revenue(MethodResult result)
    {
        var (spread, method) = (result.Shop.Split(' ')[1], result.Method == "naive_z" ? "win|naive" : "win|planned_seq_fut");
        if (Find(root, "revenue_per_visitor", $"{spread} null", method) is { } none && Find(root, "revenue_per_visitor", $"{spread} conv+10%", method) is { } lift)
        {
            yield return SimulationText.Line(
                "  anchor", "daily", SimulationText.Percent(Number(none, "rej")), SimulationText.Percent(Number(lift, "win")), "", Ratio(none), Ratio(lift));
        }

        static string Ratio(JsonElement element) => Number(element, "asn_ratio").ToString("F3", CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Lines(string looks, JsonElement? methods, Func<string, bool> wanted) =>
        methods is not { ValueKind: JsonValueKind.Object } all
            ? []
            : all.EnumerateObject().Where(method => wanted(method.Name)).Select(method => SimulationText.Line(
                wanted("fixed_single_look") ? $"  {method.Name}" : "  anchor",
                looks,
                SimulationText.Percent(Number(method.Value, "false_positive_2x")),
                SimulationText.Percent(Number(method.Value, "power_2x")),
                SimulationText.Percent(Number(method.Value, "wrong_direction")),
                Number(method.Value, "mean_n_null").ToString("F3", CultureInfo.InvariantCulture),
                Number(method.Value, "mean_n_alt").ToString("F3", CultureInfo.InvariantCulture)));

    private static JsonElement? Find(JsonElement? element, params string[] path)
    {
        foreach (var name in path)
        {
            element = element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        return element;
    }

    /// <summary>0 where the file has no such number.</summary>
    private static double Number(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : 0;
}
