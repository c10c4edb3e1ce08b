using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Expansion.Functions.Offers;
using Expansion.Functions.Operations;

namespace Expansion.Infra.Tests;

/// <summary>An alert on a metric that nobody tells, or on a function that was renamed, stays silent for ever.</summary>
public sealed partial class TelemetryTests(Environments environments)
{
    [Fact]
    public void Metrics_OfAlertsAndWorkbook_AreThoseThatTheCodeTells()
    {
        var told = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => told.Add(instrument.Name) };
        listener.Start();
        RuntimeHelpers.RunClassConstructor(typeof(DecisionMeter).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(FunctionRun).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(WatchHealth).TypeHandle);

        var asked = Metric().Matches(Queries()).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Subset(told, asked);
    }

    [Fact]
    public void Functions_OfAlertsAndWorkbook_Exist()
    {
        var functions = CodeNames.Read().Functions.Select(function => function.Name).ToHashSet();

        var asked = FunctionName().Matches(Queries()).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Subset(functions, asked);
    }

    private string Queries() => string.Join('\n', environments.Resources("prod", "Microsoft.Insights/scheduledQueryRules")
        .Select(alert => alert["properties"]!["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>())
        .Concat(environments.Resources("prod", "Microsoft.Insights/workbooks").Select(workbook => workbook["properties"]!["serializedData"]!.GetValue<string>())));

    [GeneratedRegex(@"expansion\.[a-z.]+[a-z]")]
    private static partial Regex Metric();

    /// <summary>Names in quotes that begin with a capital: those of functions.</summary>
    [GeneratedRegex("""\\?"((?:Get|Recompute|Count|Finish|Watch)[A-Za-z]+)\\?"[ ,)]""")]
    private static partial Regex FunctionName();
}
