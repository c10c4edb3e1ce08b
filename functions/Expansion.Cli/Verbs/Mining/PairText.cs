using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Expansion.Engine.Affinity.Mining;

namespace Expansion.Cli.Verbs.Mining;

/// <summary>Pairs as lines of text, <c>a b count</c> with a &lt; b, in UTF-8. The block goes back to the pool when written.</summary>
internal readonly record struct PairText(byte[] Buffer, int Length, int Pairs)
{
    /// <summary>Three integers of up to ten digits, two blanks and a line feed.</summary>
    private const int MaxLine = 33;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static PairText Format(ReadOnlySpan<PairCount> pairs, int[]? ids)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(pairs.Length * MaxLine);
        var length = 0;
        foreach (var (a, b, both) in pairs)
        {
            length += Put(buffer.AsSpan(length), ids is null ? a : ids[a], (byte)' ');
            length += Put(buffer.AsSpan(length), ids is null ? b : ids[b], (byte)' ');
            length += Put(buffer.AsSpan(length), both, (byte)'\n');
        }

        return new PairText(buffer, length, pairs.Length);
    }

    public void WriteTo(Stream output)
    {
        output.Write(Buffer, 0, Length);
        ArrayPool<byte>.Shared.Return(Buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> target, int value, byte end)
    {
        Utf8Formatter.TryFormat(value, target, out var length);
        target[length] = end;
        return length + 1;
    }
}
