using System.Text;
using Expansion.Connectors.Csv;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Expansion.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Connectors.Tests.Csv;

/// <summary>Reads files that are written down in a test.</summary>
internal static class OrderText
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ShopSettings Berlin = new() { TimeZone = "Europe/Berlin", Currency = "EUR" };

    private static readonly IOrderFiles Files = new ServiceCollection().AddOrderFiles().BuildServiceProvider().GetRequiredService<IOrderFiles>();

    public static (List<ImportedLine> Lines, RejectList Rejects, string? Refusal) Read(string text, string? format = null) => Read(Encoding.UTF8.GetBytes(text), format);

    public static (List<ImportedLine> Lines, RejectList Rejects, string? Refusal) Read(byte[] bytes, string? format = null)
    {
        using var stream = new MemoryStream(bytes);
        using var file = Files.Open(stream, format, Berlin, Now);
        var rejects = new RejectList();
        return ([.. file.Lines(rejects)], rejects, file.Refusal);
    }
}
