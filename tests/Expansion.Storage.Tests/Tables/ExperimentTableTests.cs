using Azure.Data.Tables;
using Expansion.Engine.Experiments;
using Expansion.Engine.Experiments.Readings;
using Expansion.Engine.Outcomes;
using Expansion.Engine.Recommendations;
using Expansion.Storage.Tables;
using Expansion.Testing;

namespace Expansion.Storage.Tests.Tables;

[Trait("Category", "Azurite")]
public sealed class ExperimentTableTests(AzuriteFixture azurite)
{
    private readonly TableServiceClient _tables = new(azurite.NewAccount());

    [Fact]
    public async Task SaveAsync_AnotherOneStartedSince_IsRefused()
    {
        var experiments = new ExperimentTable(_tables);
        var nothing = await experiments.RunningAsync(Given.Shop, default);

        Assert.True(await experiments.SaveAsync(Given.Shop, Running("first"), null, nothing, default));
        Assert.False(await experiments.SaveAsync(Given.Shop, Running("second"), null, nothing, default));

        Assert.Null(await experiments.FindAsync(Given.Shop, "second", default));
        Assert.Equal("first", Assert.Single((await experiments.RunningAsync(Given.Shop, default)).Experiments).Definition.Key);
    }

    [Fact]
    public async Task SaveAsync_Stopped_RunsNoMoreAndKeepsItsHistory()
    {
        var experiments = new ExperimentTable(_tables);
        await experiments.SaveAsync(Given.Shop, Running("first"), null, new([], null), default);
        var stored = (await experiments.FindAsync(Given.Shop, "first", default))!;

        Assert.True(await experiments.SaveAsync(Given.Shop, stored.Experiment.Stop("enough", "ann", Given.Noon).Changed!, stored.Version, await experiments.RunningAsync(Given.Shop, default), default));
        await experiments.SaveReadingAsync(Given.Shop, "first", new ExperimentReading(Given.Noon), default);

        Assert.Empty((await experiments.RunningAsync(Given.Shop, default)).Experiments);
        Assert.Equal(["started", "stopped: enough"], Assert.Single(await experiments.ListAsync(Given.Shop, default).ToListAsync()).Audit.Select(entry => entry.What));
        Assert.Equal(Given.Noon, (await experiments.ReadingAsync(Given.Shop, "first", default))!.At);
    }

    [Fact]
    public async Task Looks_OfTheReadingsOfTwoYears_AreTheLastOfEachDayAndBounded()
    {
        var experiments = new ExperimentTable(_tables);
        await experiments.SaveReadingAsync(Given.Shop, "first", Reading(Given.Noon.AddHours(-1), 0.1), default);
        await experiments.SaveReadingAsync(Given.Shop, "first", Reading(Given.Noon, 0.2), default);
        await experiments.SaveReadingAsync(Given.Shop, "first", Reading(Given.Noon.AddDays(399), 0.3), default);
        await experiments.SaveReadingAsync(Given.Shop, "second", Reading(Given.Noon, 0.9), default);
        Assert.Equal([0.2, 0.3], await ValuesAsync());

        await experiments.SaveReadingAsync(Given.Shop, "first", Reading(Given.Noon.AddDays(400), 0.4), default);
        Assert.Equal([0.3, 0.4], await ValuesAsync());

        async Task<IEnumerable<double>> ValuesAsync() => (await experiments.LooksAsync(Given.Shop, "first", default)).Select(look => look.Treatments[0].Conversion!.Value);

        static ExperimentReading Reading(DateTimeOffset at, double lift) => new(at) { Effects = [new("other", new(lift, new(-0.1, 0.5)), null, null)] };
    }

    [Fact]
    public async Task Exposures_InBatchesThatOverlap_KeepTheFirstOfEverybody()
    {
        var exposures = new ExposureTable(_tables);
        await exposures.SaveAsync(Given.Shop, [.. Enumerable.Range(0, 300).Select(i => Exposure(i, 0))], default);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => exposures.SaveAsync(Given.Shop, [.. Enumerable.Range(200, 300).Select(i => Exposure(i, 1))], default)));

        var stored = await exposures.ReadAsync(Given.Shop, "first", default).ToListAsync();

        Assert.Equal((500, 300), (stored.Count, stored.Count(exposure => exposure.Variation == 0)));
        Assert.Equal(Exposure(250, 0), await exposures.FindAsync(Given.Shop, "first", new("250"), default));
    }

    private static Exposure Exposure(int customer, int variation) => new("first", new($"{customer}"), variation, 0.5, Given.Noon);

    private static Experiment Running(string key)
    {
        var settings = new Dictionary<string, string>();
        return new Experiment(new(key, "1", Touchpoint.CartPage, ExperimentElement.Copy, [new("control", 1, settings), new("other", 1, settings)])).Start([], "ann", Given.Noon).Changed!;
    }
}
