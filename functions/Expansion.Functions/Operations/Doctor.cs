using Azure;
using Expansion.Connectors;
using Expansion.Connectors.Shopify;
using Microsoft.Extensions.Options;

namespace Expansion.Functions.Operations;

/// <summary>What is wrong with configuration, storage and connectors, a sentence each.</summary>
public sealed class Doctor(
    AppHealth health, IStartupValidator validator, IOptions<ShopifyOptions> shopify, IOptions<AccessOptions> access, IEnumerable<IConnectorCheck> checks)
{
    public async Task<IReadOnlyList<HealthFinding>> ExamineAsync(CancellationToken cancellationToken) =>
        [.. Configuration(), .. (await health.ExamineAsync(cancellationToken)).Findings, .. await ConnectorsAsync(cancellationToken)];

    /// <summary>Every option that the host checks when it starts; it wouldn't start with one of these.</summary>
    private IEnumerable<HealthFinding> Configuration()
    {
        try
        {
            validator.Validate();
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            var failures = exception is AggregateException many ? many.InnerExceptions.OfType<OptionsValidationException>() : [(OptionsValidationException)exception];
            return failures.SelectMany(failure => failure.Failures).Select(failure => new HealthFinding("configuration", HealthState.Broken, $"A setting is wrong. {failure}"));
        }

        var (shops, keys) = (shopify.Value.Shops.Count, access.Value.Keys.Count);
        return
        [
            new("configuration", HealthState.Ready, shops == 0 ? "Shopify is off: no shop is configured under Shopify:Shops." : $"Shopify webhooks are taken from {shops} shops."),
            new("configuration", HealthState.Ready, keys == 0 ? "Every function key opens every shop: no key is listed under Access:Keys." : $"{keys} keys are listed under Access:Keys, each for its shops."),
        ];
    }

    /// <summary>Each connector in its own words. One whose settings are wrong has been named before.</summary>
    private async Task<IReadOnlyList<HealthFinding>> ConnectorsAsync(CancellationToken cancellationToken)
    {
        var findings = new List<HealthFinding>();
        foreach (var check in checks)
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
