using System.Security.Cryptography;
using System.Text;

namespace Expansion.Engine.Compliance;

public enum ComplianceTask
{
    DataRequest,
    CustomerErasure,
    ShopErasure,
}

/// <summary>That a request was carried out, and when: it names nobody, and whoever knows the id finds it by the hash.</summary>
/// <param name="Subject">SHA-256, in hex, of the shop, a line feed and the request's or customer's id; of the shop alone for all of it.</param>
/// <param name="Records">How many records were handed over or erased, by where they were.</param>
public sealed record ComplianceReceipt(ComplianceTask Task, string Subject, DateTimeOffset At, IReadOnlyDictionary<string, int> Records)
{
    public static string Hash(params IEnumerable<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}

/// <summary>The files that requests leave behind.</summary>
public interface IComplianceFiles
{
    Task SaveAsync(ShopId shop, ComplianceReceipt receipt, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ComplianceReceipt>> ReceiptsAsync(ShopId shop, CancellationToken cancellationToken);

    /// <summary>Replaces the export of a request.</summary>
    Task<Stream> CreateExportAsync(ShopId shop, string id, CancellationToken cancellationToken);

    /// <summary>Null when there is none of this id.</summary>
    Task<Stream?> OpenExportAsync(ShopId shop, string id, CancellationToken cancellationToken);
}
