using CsvHelper;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Csv;

/// <summary>Writes rejected lines as line,reason,text. The file is only made when there is something to write.</summary>
public sealed class CsvRejects(Func<Stream> create) : IImportRejects, IDisposable
{
    private CsvWriter? _writer;

    public long Count { get; private set; }

    public void Add(long line, string reason, string text)
    {
        if (_writer is null)
        {
            _writer = CsvWriter.Create(create());
            _writer.WriteRecord("line", "reason", "text");
        }

        Count++;
        _writer.WriteField(line);
        _writer.WriteField(reason);
        _writer.WriteField(text);
        _writer.EndRecord();
    }

    public void Dispose() => _writer?.Dispose();
}
