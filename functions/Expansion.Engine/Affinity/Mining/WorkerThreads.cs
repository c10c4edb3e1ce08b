using System.Runtime.ExceptionServices;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>Plain threads, one a share of the work, the caller's among them: a count keeps its cores busy from beginning to end, which isn't what a pool is for, and starts within a tenth of a millisecond.</summary>
public static class WorkerThreads
{
    /// <summary>Calls <paramref name="body"/> with 0 … <paramref name="count"/> − 1, all at once. When all have ended, throws what the first that failed threw.</summary>
    public static void Run(int count, Action<int> body)
    {
        var errors = new Exception?[count];
        var threads = new Thread[Math.Max(0, count - 1)];
        for (var i = 0; i < threads.Length; i++)
        {
            var share = i + 1;
            threads[i] = new Thread(() => Try(share)) { IsBackground = true, Name = "mining" };
            threads[i].Start();
        }

        if (count > 0)
        {
            Try(0);
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        if (Array.Find(errors, error => error is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        void Try(int share)
        {
            try
            {
                body(share);
            }
            catch (Exception error)
            {
                errors[share] = error;
            }
        }
    }
}
