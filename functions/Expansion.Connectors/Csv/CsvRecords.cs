using System.Text;
using CsvHelper;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Csv;

/// <summary>
/// The records of a CSV file, one at a time. A quote that is never closed would swallow the lines after it: such a record loses its first line, as rejected,
/// and reading goes on with the next.
/// </summary>
internal sealed class CsvRecords : IDisposable
{
    /// <summary>No honest record is longer; what is, has an open quote.</summary>
    private const int MaxRecordBytes = 262_144;

    private const int BufferBytes = 65_536;

    /// <summary>The reader reads ahead by its buffer, which grows to twice the longest record.</summary>
    private const int MemoryBytes = (2 * MaxRecordBytes) + (4 * BufferBytes);

    private const int MaxTextLength = 2000;

    private readonly Stream _utf8;
    private readonly RewindStream _bytes;
    private CsvReader _reader;
    private long _firstByte;
    private long _firstLine = 1;
    private bool _broken;

    public CsvRecords(Stream utf8)
    {
        _utf8 = utf8;
        _bytes = new RewindStream(utf8, MemoryBytes);
        _reader = NewReader(separator: null);
        Header = ReadHeader();
    }

    /// <summary>Empty where the first line is nothing that could be a header.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>How many records have been read, rejected or not, without the header.</summary>
    public long Count { get; private set; }

    public long Line => _firstLine + _reader.LineNumber - 1;

    public string Text => Shorten(Encoding.UTF8.GetString(_reader.RawRecord[..Math.Min(_reader.RawRecord.Length, 4 * MaxTextLength)]));

    public string this[int column] => _reader.GetString(column);

    public bool Read(IImportRejects rejects)
    {
        while (true)
        {
            _broken = false;
            try
            {
                if (!_reader.Read())
                {
                    return false;
                }
            }
            catch (CsvFormatException tooLong)
            {
                RejectLine(rejects, _firstLine + tooLong.LineNumber - 1, tooLong.ByteOffset);
                continue;
            }

            if (!_broken && _reader.FieldCount == Header.Count)
            {
                Count++;
                return true;
            }

            if (_reader.RawRecord.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
            {
                RejectLine(rejects, Line, _reader.ByteOffset);
                continue;
            }

            Count++;
            rejects.Add(Line, _broken ? "a quoted field goes on after its closing quote: double the quotes inside it" : WrongCount(), Text);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _bytes.Dispose();
        _utf8.Dispose();
    }

    private string[] ReadHeader()
    {
        try
        {
            return _reader.Read() && !_broken ? [.. Enumerable.Range(0, _reader.FieldCount).Select(_reader.GetString)] : [];
        }
        catch (CsvFormatException)
        {
            return [];
        }
    }

    private string WrongCount() => $"it has {_reader.FieldCount} fields and the header has {Header.Count}: put quotes around a field that holds a '{_reader.Separator}'";

    /// <summary>Rejects the one line where a record began and starts a new reader behind it.</summary>
    private void RejectLine(IImportRejects rejects, long line, long offset)
    {
        _bytes.Rewind(_firstByte + offset);
        var text = new List<byte>();
        int read;
        while ((read = _bytes.ReadByte()) is >= 0 and not '\n' and not '\r')
        {
            if (text.Count < 4 * MaxTextLength)
            {
                text.Add((byte)read);
            }
        }

        if (read == '\r' && _bytes.ReadByte() is >= 0 and not '\n')
        {
            _bytes.Rewind(_bytes.Position - 1);
        }

        Count++;
        rejects.Add(line, "a quote is opened and not closed in this line: close it, or double it if it belongs to the text", Shorten(Encoding.UTF8.GetString([.. text])));
        var separator = _reader.Separator;
        _reader.Dispose();
        (_firstByte, _firstLine) = (_bytes.Position, line + 1);
        _reader = NewReader(separator);
    }

    private CsvReader NewReader(char? separator) => CsvReader.Create(
        _bytes,
        new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            BufferSize = BufferBytes,
            MaxRecordSize = MaxRecordBytes,
            // A stray quote inside a field is an inch sign, not a mistake.
            OnMalformedRecord = record => _broken = record.Reason != CsvMalformedReason.StrayQuote,
            PoolStrings = true,
        },
        leaveOpen: true);

    private static string Shorten(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "…";
}
