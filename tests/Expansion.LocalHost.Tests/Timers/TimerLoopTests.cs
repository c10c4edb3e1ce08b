using System.Globalization;
using Azure.Storage.Blobs;
using Expansion.LocalHost.Timers;
using Expansion.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Expansion.LocalHost.Tests.Timers;

[Trait("Category", "Azurite")]
public sealed class TimerLoopTests(AzuriteFixture azurite)
{
    public sealed class Nightly(Probe probe, TimeProvider time)
    {
        [Function("Nightly")]
        public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) =>
            probe.Seen.Enqueue($"{time.GetUtcNow():dd HH:mm:ss} {(timer.IsPastDue ? "past due" : "on time")} {timer.ScheduleStatus?.Next.ToString("dd HH:mm", CultureInfo.InvariantCulture) ?? "none"}");
    }

    public sealed class Starting(Probe probe)
    {
        [Function("Starting")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) => probe.Seen.Enqueue($"{timer.IsPastDue}");
    }

    public sealed class Slow(Probe probe)
    {
        [Function("Slow")]
        public async Task Run([TimerTrigger("0 30 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            probe.Seen.Enqueue($"{timer.IsPastDue}");
            await probe.PassAsync(cancellationToken);
        }
    }

    public sealed class Failing(Probe probe)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("0 30 2 * * *")] TimerInfo timer)
        {
            probe.Seen.Enqueue($"{timer.IsPastDue}");
            throw new InvalidOperationException("No.");
        }
    }

    private readonly Probe _probe = new();
    private readonly FakeTimeProvider _time = new(new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly string _storage = azurite.NewAccount();

    private Task<TestHost> StartAsync(Type functions, string schedule = "0 30 2 * * *", bool isDisabled = false) => TestHost.StartAsync(_storage, new()
    {
        Functions = [functions],
        Time = _time,
        Services = services => services.AddSingleton(_probe),
        Settings = new Dictionary<string, string?>
        {
            ["Schedule"] = schedule,
            ["AzureFunctionsWebHost:hostid"] = "tests",
            ["AzureWebJobs.Nightly.Disabled"] = isDisabled ? "true" : null,
        },
    });

    private TimerStatusBlob Status(string function) => new(new BlobContainerClient(_storage, "azure-webjobs-hosts"), "tests", function);

    private Task SeenAsync(int count) => Eventually.TrueAsync(() => _probe.Seen.Count == count, $"{count} runs");

    /// <summary>Written before the wait begins, and after every run.</summary>
    private Task NextIsAsync(string function, int day) => Eventually.TrueAsync(
        async () => await new BlobContainerClient(_storage, "azure-webjobs-hosts").ExistsAsync()
            && (await Status(function).ReadAsync(CancellationToken.None))?.Next == new DateTime(2026, 5, day, 2, 30, 0, DateTimeKind.Utc),
        $"{function} runs next on day {day}");

    [Fact]
    public async Task Schedule_ComesDue_RunsEachTimeAndKeepsItsStatus()
    {
        await using var host = await StartAsync(typeof(Nightly));
        await NextIsAsync("Nightly", day: 1);

        _time.Advance(TimeSpan.FromHours(2.5));
        await NextIsAsync("Nightly", day: 2);
        _time.Advance(TimeSpan.FromDays(1));
        await NextIsAsync("Nightly", day: 3);

        Assert.Equal(["01 02:30:00 on time 01 02:30", "02 02:30:00 on time 02 02:30"], _probe.Seen);
        Assert.Equal(new DateTime(2026, 5, 2, 2, 30, 0, DateTimeKind.Utc), (await Status("Nightly").ReadAsync(CancellationToken.None))!.Last);
    }

    [Fact]
    public async Task Start_OccurrencesMissedWhileNoHostRan_RunsOncePastDue()
    {
        await using (await StartAsync(typeof(Nightly)))
        {
            await NextIsAsync("Nightly", day: 1);
        }
        _time.Advance(TimeSpan.FromDays(3));

        await using var host = await StartAsync(typeof(Nightly));
        await NextIsAsync("Nightly", day: 4);
        _time.Advance(TimeSpan.FromHours(2.5));
        await NextIsAsync("Nightly", day: 5);

        Assert.Equal(["04 00:00:00 past due 01 02:30", "04 02:30:00 on time 04 02:30"], _probe.Seen);
    }

    [Fact]
    public async Task Start_ScheduleChangedMeanwhile_IsNotPastDue()
    {
        await using (await StartAsync(typeof(Nightly), "0 0 1 * * *"))
        {
            await Eventually.TrueAsync(async () => await new BlobContainerClient(_storage, "azure-webjobs-hosts").ExistsAsync() && await Status("Nightly").ReadAsync(CancellationToken.None) is not null, "a status");
        }
        _time.Advance(TimeSpan.FromDays(3));

        await using var host = await StartAsync(typeof(Nightly));
        await NextIsAsync("Nightly", day: 4);
        _time.Advance(TimeSpan.FromHours(2.5));
        await NextIsAsync("Nightly", day: 5);

        Assert.Equal(["04 02:30:00 on time 04 02:30"], _probe.Seen);
    }

    [Fact]
    public async Task Occurrences_ThatPassDuringARun_AreMadeUpForByOneRunOnTime()
    {
        await using var host = await StartAsync(typeof(Slow));
        await NextIsAsync("Slow", day: 1);
        _time.Advance(TimeSpan.FromHours(2.5));
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");

        _time.Advance(TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromDays(1));
        _probe.Gate.SetResult();
        await NextIsAsync("Slow", day: 5);
        _time.Advance(TimeSpan.FromDays(1));
        await NextIsAsync("Slow", day: 6);

        // The first, one for the three that were missed, and the next.
        Assert.Equal(["False", "False", "False"], _probe.Seen);
        Assert.Equal(1, _probe.Most);
    }

    [Fact]
    public async Task Function_ThatThrows_RunsAgainWhenItIsDue()
    {
        await using var host = await StartAsync(typeof(Failing));
        await NextIsAsync("Failing", day: 1);

        _time.Advance(TimeSpan.FromHours(2.5));
        await NextIsAsync("Failing", day: 2);
        _time.Advance(TimeSpan.FromDays(1));
        await NextIsAsync("Failing", day: 3);

        Assert.Equal(["False", "False"], _probe.Seen);
        Assert.Equal(2, host.Log.Lines.Count(line => line.StartsWith("Error Function.Failing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Schedule_OfSeconds_HasNoStatus()
    {
        await using var host = await StartAsync(typeof(Nightly), "*/10 * * * * *");
        var hosts = new BlobContainerClient(_storage, "azure-webjobs-hosts");
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return !_probe.Seen.IsEmpty;
            },
            "a run");

        Assert.All(_probe.Seen, run => Assert.EndsWith("on time none", run, StringComparison.Ordinal));
        Assert.Empty(await hosts.GetBlobsAsync().Where(blob => blob.Name.StartsWith("timers/", StringComparison.Ordinal)).ToListAsync());
    }

    [Fact]
    public async Task Start_RunOnStartup_RunsAtOnce()
    {
        await using var host = await StartAsync(typeof(Starting));

        await SeenAsync(1);

        Assert.Equal(["False"], _probe.Seen);
    }

    [Fact]
    public async Task Hosts_OfOneId_RunATimerOnceBetweenThemAndTakeItOver()
    {
        await using var first = await StartAsync(typeof(Nightly));
        await NextIsAsync("Nightly", day: 1);
        await using var second = await StartAsync(typeof(Nightly));

        _time.Advance(TimeSpan.FromHours(2.5));
        await NextIsAsync("Nightly", day: 2);
        await first.StopAsync();
        _time.Advance(TimeSpan.FromDays(1));
        await NextIsAsync("Nightly", day: 3);

        Assert.Equal(2, _probe.Seen.Count);
        Assert.Equal("01 02:30:00 on time 01 02:30", _probe.Seen.First());
        Assert.StartsWith("02 02:30:00", _probe.Seen.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileAFunctionRuns_LetsItEndAndKeepsItsStatus()
    {
        await using var host = await StartAsync(typeof(Slow));
        await NextIsAsync("Slow", day: 1);
        _time.Advance(TimeSpan.FromHours(2.5));
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");

        var stop = host.StopAsync();
        Assert.True(await Eventually.StaysOpenAsync(stop));
        _probe.Gate.SetResult();
        await stop;

        await NextIsAsync("Slow", day: 2);
    }

    [Fact]
    public async Task Start_ScheduleIsNone_SaysSo()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(typeof(Nightly), "at night"));

        Assert.StartsWith("The schedule 'at night' of Nightly is no NCRONTAB expression", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FunctionDisabled_TakesNoLock()
    {
        await using var host = await StartAsync(typeof(Nightly), isDisabled: true);

        await host.StopAsync();

        Assert.False(await new BlobContainerClient(_storage, "azure-webjobs-hosts").ExistsAsync());
    }
}
