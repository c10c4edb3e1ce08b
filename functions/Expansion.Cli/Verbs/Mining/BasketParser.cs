using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Expansion.Cli.Verbs.Mining;

/// <summary>The lines that begin in a part of a file, one after the other, from bytes to integers without a string between.</summary>
internal sealed class BasketParser
{
    private const int InitialRoom = 1 << 17;

    private readonly SafeFileHandle _file;
    private readonly long _to;
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(InitialRoom);
    private int[] _basket = GC.AllocateUninitializedArray<int>(InitialRoom / 2);
    private long _start;
    private int _position;
    private int _linesEnd;
    private int _end;

    public BasketParser(SafeFileHandle file, long from, long to)
    {
        _file = file;
        _to = to;

        // The line that began before `from` is another part's, unless it ended exactly there.
        _start = Math.Max(0, from - 1);
        if (from > 0 && Refill())
        {
            _position = _bytes.AsSpan(0, _linesEnd).IndexOf((byte)'\n') + 1;
        }
    }

    /// <summary>The largest integer read so far.</summary>
    public int Largest { get; private set; }

    private long Position => _start + _position;

    /// <returns>False at the end of the part. The basket may be empty, and is the caller's to change until the next call.</returns>
    /// <remarks>Without bounds checks: <see cref="Refill"/> sees to it that there is a line feed ahead, and that the basket has room for half as many integers as there are bytes.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryReadBasket(out Span<int> basket)
    {
        if (Position >= _to || (_position == _linesEnd && !Refill()))
        {
            basket = default;
            return false;
        }

        ref var bytes = ref MemoryMarshal.GetArrayDataReference(_bytes);
        ref var items = ref MemoryMarshal.GetArrayDataReference(_basket);
        var (position, length, largest) = (_position, 0, 0U);
        while (true)
        {
            uint current = Unsafe.Add(ref bytes, position++);
            if (current - '0' <= 9)
            {
                var first = position;
                ulong value = current - '0';
                while ((current = (uint)Unsafe.Add(ref bytes, position) - '0') <= 9)
                {
                    value = (value * 10) + current;
                    position++;
                }

                if (value > int.MaxValue || position - first > 18)
                {
                    throw new BasketFormatException(_start + first - 1, $"an integer is larger than {int.MaxValue} or has more than 18 digits.");
                }

                Unsafe.Add(ref items, length++) = (int)value;
                largest = Math.Max(largest, (uint)value);
            }
            else if (current == '\n')
            {
                break;
            }
            else if (current is not (' ' or '\t' or '\r'))
            {
                throw new BasketFormatException(_start + position - 1, $"expected integers and blanks, found the byte {current}.");
            }
        }

        _position = position;
        Largest = Math.Max(Largest, (int)largest);
        basket = _basket.AsSpan(0, length);
        return true;
    }

    /// <summary>Brings at least one whole line into the buffer, which grows when a line is longer than it. The last line may lack its line feed.</summary>
    private bool Refill()
    {
        _bytes.AsSpan(_position, _end - _position).CopyTo(_bytes);
        (_start, _end, _position, _linesEnd) = (_start + _position, _end - _position, 0, 0);
        while (_linesEnd == 0)
        {
            if (_end >= _bytes.Length - 1)
            {
                Array.Resize(ref _bytes, 2 * _bytes.Length);
                _basket = new int[_bytes.Length / 2];
            }

            var read = RandomAccess.Read(_file, _bytes.AsSpan(_end, _bytes.Length - 1 - _end), _start + _end);
            if (read == 0)
            {
                if (_end == 0)
                {
                    return false;
                }

                _bytes[_end] = (byte)'\n';
                read = 1;
            }

            _linesEnd = _bytes.AsSpan(_end, read).LastIndexOf((byte)'\n') + 1 is var found and > 0 ? _end + found : 0;
            _end += read;
        }

        return true;
    }
}
