using System.Text;

namespace Expansion.Engine.Affinity.Months;

/// <summary>Writes small numbers small: seven bits a byte, the high bit says that more follow (LEB128).</summary>
internal sealed class VarintWriter(int capacity = 1 << 12)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public void Write(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Reserve(5);
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            _bytes[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes[Length++] = (byte)rest;
    }

    public void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Reserve(length);
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    /// <summary>What another writer holds, with its length before it.</summary>
    public void Write(VarintWriter block) => WriteBlock(block.Written);

    /// <summary>Bytes as they stand, with their number before them.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        Append(bytes);
    }

    /// <summary>Bytes as they stand.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public byte[] ToArray() => Written.ToArray();

    private void Reserve(int needed)
    {
        if (_bytes.Length - Length < needed)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)Length + needed)));
        }
    }
}

/// <summary>Reads what <see cref="VarintWriter"/> wrote.</summary>
internal ref struct VarintReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public int Read()
    {
        var value = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = _bytes[Position++];
            value |= (next & 0x7Fu) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }
    }

    public string ReadString()
    {
        var length = Read();
        var text = Encoding.UTF8.GetString(_bytes.Slice(Position, length));
        Position += length;
        return text;
    }

    public void Skip(int length) => Position += length;
}
