using System.CommandLine;
using Azure;
using Expansion.Connectors;
using Expansion.Connectors.Shopify;
using Expansion.Functions.Operations;
using Microsoft.Extensions.Options;

namespace Expansion.Cli.Verbs;

/// <summary>What is wrong with configuration, storage and connectors, a sentence each. Exit code 0 only when nothing is.</summary>
internal static class DoctorVerb
{
    public static Command Create()
    {
        var command = new Command("doctor", "Says what is wrong with configuration, storage and connectors.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var findings = Configuration(app).Concat((await app.Get<AppHealth>().ExamineAsync(cancellationToken)).Findings).Concat(await ConnectorsAsync(app, cancellationToken)).ToList();
            foreach (var finding in findings)
            {
                Console.WriteLine($"{(finding.State == HealthState.Ready ? "ok     " : "PROBLEM")} {finding.Says}");
            }

            return findings.TrueForAll(finding => finding.State == HealthState.Ready) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Every option that the host checks when it starts; it wouldn't start with one of these.</summary>
    private static IEnumerable<HealthFinding> Configuration(CliApp app)
    {
        try
        {
            app.Get<IStartupValidator>().Validate();
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            var failures = exception is AggregateException many ? many.InnerExceptions.OfType<OptionsValidationException>() : [(OptionsValidationException)exception];
            return failures.SelectMany(failure => failure.Failures).Select(failure => new HealthFinding("configuration", HealthState.Broken, $"A setting is wrong. {failure}"));
        }

        var shops = app.Get<IOptions<ShopifyOptions>>().Value.Shops.Count;
        var keys = app.Get<IOptions<AccessOptions>>().Value.Keys.Count;
        return
        [
            new("configuration", HealthState.Ready, shops == 0 ? "Shopify is off: no shop is configured under Shopify:Shops." : $"Shopify webhooks are taken from {shops} shops."),
            new("configuration", HealthState.Ready, keys == 0 ? "Every function key opens every shop: no key is listed under Access:Keys." : $"{keys} keys are listed under Access:Keys, each for its shops."),
        ];
    }

    /// <summary>Each connector in its own words. One whose settings are wrong has been named before.</summary>
    private static async Task<IReadOnlyList<HealthFinding>> ConnectorsAsync(CliApp app, CancellationToken cancellationToken)
    {
        var findings = new List<HealthFinding>();
        foreach (var check in app.Get<IEnumerable<IConnectorCheck>>())
        {
            try
            {
                findings.AddRange(await check.ExamineAsync(cancellationToken).Select(found => new HealthFinding("connectors", found.Ok ? HealthState.Ready : HealthState.Broken, found.Sentence)).ToListAsync(cancellationToken));
            }
            catch (Exception exception) when (exception is OptionsValidationException or RequestFailedException or AggregateException)
            {
                findings.Add(new("connectors", HealthState.Broken, $"A connector can't be looked at: {(exception is OptionsValidationException ? "its settings are wrong" : "storage does not answer")}."));
            }
        }

        return findings;
    }
}
