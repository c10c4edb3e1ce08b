using CsvHelper;
using Expansion.Engine.Orders;

namespace Expansion.Connectors.Csv;

/// <summary>Writes rejected lines as line,reason,text. The file is only made when there is something to write.</summary>
public sealed class CsvRejects(Func<Stream> create) : IImportRejects, IDisposable
{
    private CsvWriter? writer;

    public long Count { get; private set; }

    public void Add(long line, string reason, string text)
    {
        if (writer is null)
        {
            writer = CsvWriter.Create(create());
            writer.WriteRecord("line", "reason", "text");
        }

        Count++;
        writer.WriteField(line);
        writer.WriteField(reason);
        writer.WriteField(text);
        writer.EndRecord();
    }

    public void Dispose() => writer?.Dispose();
}
