using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Expansion.Cli.Verbs.Serving;

/// <summary>Asks a server over many connections, each waiting for its answer. It does no more with an answer than find its end, to leave the processors to the server.</summary>
/// <param name="next">The bytes of a connection's next request, by the connection's own chance.</param>
internal sealed class HttpLoad(IPEndPoint server, int connections, Func<Random, byte[]> next)
{
    /// <param name="perSecond">All connections together, on a timetable: an answer's time counts from when its request was due. Null for as many as can be.</param>
    /// <param name="most">Requests of each connection at most.</param>
    public async Task<LoadResult> RunAsync(TimeSpan length, double? perSecond, CancellationToken cancellationToken, int most = int.MaxValue)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Cpu());
        var parts = await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(() => RunAsync(connection, start, length, perSecond, most, cancellationToken), cancellationToken)));
        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, [.. parts.SelectMany(part => part.Latencies).Order()], parts.Sum(part => part.Bytes), Cpu() - cpu);
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private async Task<(List<double> Latencies, long Bytes)> RunAsync(int connection, long start, TimeSpan length, double? perSecond, int most, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        var (random, buffer, latencies, bytes) = (new Random(connection), new byte[64 * 1024], new List<double>(), 0L);
        var every = perSecond is { } rate ? TimeSpan.FromSeconds(connections / rate) : TimeSpan.Zero;
        for (var due = every * connection / connections; due < length && latencies.Count < most; due += every)
        {
            var now = Stopwatch.GetElapsedTime(start);
            if (perSecond is null)
            {
                due = now;
            }
            else if (due > now)
            {
                await Task.Delay(due - now, cancellationToken);
            }

            if (due >= length)
            {
                break;
            }

            await socket.SendAsync(next(random), cancellationToken);
            bytes += await ReceiveAsync(socket, buffer, cancellationToken);
            latencies.Add((Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds);
        }

        return (latencies, bytes);
    }

    /// <returns>Length of the body.</returns>
    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var (filled, end) = (0, -1); ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            if (Body(buffer.AsSpan(0, filled), ref end) is { } length)
            {
                return length;
            }
        }
    }

    /// <summary>The body's length where it is complete.</summary>
    private static int? Body(ReadOnlySpan<byte> received, ref int end)
    {
        if (end < 0 && (end = received.IndexOf("\r\n\r\n"u8)) < 0)
        {
            return null;
        }

        var head = received[..end];
        var body = received[(end + 4)..];
        if (!head.StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(head)}");
        }

        var length = head.IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            return body.EndsWith("\r\n0\r\n\r\n"u8) ? body.Length : null;
        }

        var digits = head[(length + "Content-Length: "u8.Length)..];
        var size = int.Parse(digits[..(digits.IndexOf((byte)'\r') is var line and >= 0 ? line : digits.Length)], CultureInfo.InvariantCulture);
        return body.Length >= size ? size : null;
    }
}

/// <param name="Latencies">In milliseconds, ascending.</param>
/// <param name="Cpu">What the whole process used, server and those who ask: it tells more than time on a machine that does something else, too.</param>
internal sealed record LoadResult(double Seconds, double[] Latencies, long Bytes, TimeSpan Cpu)
{
    public double PerSecond => Latencies.Length / Seconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Latencies.Length;

    public double MeanBytes => (double)Bytes / Latencies.Length;

    /// <param name="share">0 to 1.</param>
    public double Percentile(double share) => Latencies[(int)Math.Min(Latencies.Length - 1, share * Latencies.Length)];
}
