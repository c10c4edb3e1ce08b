using System.IO.Compression;

namespace Expansion.Connectors.Csv;

internal static class CsvStream
{
    /// <summary>Tells gzip, and what can't be read, by the first bytes.</summary>
    public static (Stream Utf8, string? Refusal) Unpack(Stream file)
    {
        var start = new byte[2];
        var whole = new RewindStream(file, 65_536);
        whole.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        whole.Rewind(0);
        return start switch
        {
            [0x1F, 0x8B] => (new GZipStream(whole, CompressionMode.Decompress), null),
            [0xFF, 0xFE] or [0xFE, 0xFF] => (whole, "The file is in UTF-16: save it as CSV in UTF-8."),
            [(byte)'P', (byte)'K'] => (whole, "The file is a zip archive: unpack it and import the CSV files in it."),
            _ => (whole, null),
        };
    }
}
