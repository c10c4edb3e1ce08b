namespace Expansion.Connectors.Csv;

/// <summary>Remembers the last bytes read, so that a reader can go back a little in a stream that can't seek. Leaves that stream open.</summary>
internal sealed class RewindStream(Stream inner, int capacity) : Stream
{
    private readonly byte[] _memory = new byte[capacity];
    private long _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    /// <param name="position">No further back than the capacity.</param>
    public void Rewind(long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Math.Max(0, _end - _memory.Length));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _end);
        Position = position;
    }

    public override int Read(Span<byte> buffer)
    {
        var at = (int)(Position % _memory.Length);
        if (Position == _end)
        {
            _end += inner.Read(_memory.AsSpan(at, Math.Min(buffer.Length, _memory.Length - at)));
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, _end - Position), _memory.Length - at);
        _memory.AsSpan(at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
