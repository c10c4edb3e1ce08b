using Expansion.Testing;
using Microsoft.Playwright;

namespace Expansion.Browser.Tests.Storefront;

/// <summary>The time of a page, in the test's hand: what the widget does within 800 ms or after a second doesn't hang on how busy the machine is.</summary>
internal static class PageTime
{
    /// <summary>Before the page's own scripts.</summary>
    public const string Script =
        """
        (() => {
          const timers = new Map();
          let now = 0, last = 0;
          window.setTimeout = (call, wait = 0) => { timers.set(++last, { call, wait, at: now + wait }); return last; };
          window.clearTimeout = (timer) => timers.delete(timer);
          AbortSignal.timeout = (wait) => {
            const control = new AbortController();
            window.setTimeout(() => control.abort(new DOMException('Out of time.', 'TimeoutError')), wait);
            return control.signal;
          };
          window.isTimerSet = (wait) => [...timers.values()].some((timer) => timer.wait === wait);
          window.passTime = (milliseconds) => {
            now += milliseconds;
            for (const [timer, { call, at }] of timers) if (at <= now && timers.delete(timer)) call();
          };
        })();
        """;

    public static Task PassAsync(this IPage page, int milliseconds) => page.EvaluateAsync("milliseconds => passTime(milliseconds)", milliseconds);

    /// <summary>Until the page waits for something for so long, or no longer does.</summary>
    public static Task TimerAsync(this IPage page, int milliseconds, bool isSet = true) => Eventually.TrueAsync(
        async () => await page.EvaluateAsync<bool>("milliseconds => isTimerSet(milliseconds)", milliseconds) == isSet, $"a timer of {milliseconds} ms {(isSet ? "runs" : "is gone")}");
}
