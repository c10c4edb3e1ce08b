using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using Expansion.Engine;

namespace Expansion.Storage.Tables;

/// <summary>A value as JSON, compressed, in as many binary properties as a row needs: Json0, Json1, … of 64 KiB each.</summary>
internal static class CompressedJson
{
    /// <summary>Quality 4 is where Brotli stops being nearly free.</summary>
    private const int Quality = 4;
    private const int Window = 20;

    public static TableEntity With<T>(this TableEntity entity, T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, ExpansionJson.Options);
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(json.Length)];
        if (!BrotliEncoder.TryCompress(json, compressed, out var length, Quality, Window))
        {
            throw new InvalidOperationException($"Row {entity.PartitionKey}/{entity.RowKey} could not be compressed.");
        }

        for (var (start, part) = (0, 0); start < length; start += EntityLimits.MaxPropertyBytes, part++)
        {
            entity[$"Json{part}"] = compressed[start..Math.Min(length, start + EntityLimits.MaxPropertyBytes)];
        }

        return entity;
    }

    public static T Json<T>(this TableEntity entity)
    {
        using var json = Open(entity);
        return JsonSerializer.Deserialize<T>(json, ExpansionJson.Options)
            ?? throw new InvalidOperationException($"Row {entity.PartitionKey}/{entity.RowKey} is empty.");
    }

    /// <summary>The same as text; empty for a row that holds none.</summary>
    public static string JsonText(this TableEntity entity)
    {
        using var reader = new StreamReader(entity.ContainsKey("Json0") ? Open(entity) : Stream.Null);
        return reader.ReadToEnd();
    }

    private static BrotliStream Open(TableEntity entity)
    {
        var compressed = new MemoryStream();
        for (var part = 0; entity.GetBinary($"Json{part}") is { } bytes; part++)
        {
            compressed.Write(bytes);
        }

        compressed.Position = 0;
        return new BrotliStream(compressed, CompressionMode.Decompress);
    }
}
