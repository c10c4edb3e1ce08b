using Expansion.Engine;
using Expansion.Engine.Affinity.Months;
using Expansion.Engine.Compliance;
using Expansion.Engine.Contacts;
using Expansion.Functions.Orders;

namespace Expansion.Functions.Compliance;

/// <summary>
/// Erases a person. Can be repeated, also after a crash half-way:
/// <code>
/// 1. their names go among the erased, as hashes: from now on whatever comes late loses them when it arrives
/// 2. once every instance knows, each month with an order of theirs is folded: its segment is written anew, with the orders as nobody's
/// 3. digests, which count by customer, go as a whole and are made again in the night
/// 4. every row, log line and file about them goes, their orders' rows too: the segments have these now
/// </code>
/// </summary>
public sealed class CustomerErasure(
    IErasedStore erased, IContactStore contacts, PersonOrders orders, MonthFold fold, IMonthDigests digests, IPersonalRecords records, IComplianceFiles files, TimeProvider time)
{
    public async Task RunAsync(ShopId shop, Person named, CancellationToken cancellationToken)
    {
        var found = await orders.FindAsync(shop, named, cancellationToken);
        var person = named with { Email = named.Email ?? await EmailAsync(shop, named, cancellationToken), Orders = [.. named.Orders.Union(found.Select(order => order.Id))] };
        await erased.AddAsync(shop, ErasedNames.HashesOf(shop, person), cancellationToken);
        await Task.Delay(Erasures.Fresh * 2, time, cancellationToken);

        var months = found.Select(order => order.Month).Distinct().ToList();
        foreach (var month in months)
        {
            await fold.FoldAsync(shop, month, [], cancellationToken);
        }

        if (months.Count > 0)
        {
            await digests.SweepAsync(shop, [], cancellationToken);
        }

        var gone = await records.EraseAsync(shop, person, cancellationToken);
        var subject = ComplianceReceipt.Hash([shop.Value, .. named.Ids.Select(id => id.Value).Take(1)]);
        await files.SaveAsync(shop, new(ComplianceTask.CustomerErasure, subject, time.GetUtcNow(), new Dictionary<string, int>(gone) { ["baskets"] = months.Count }), cancellationToken);
    }

    /// <summary>What may be kept under their address alone is found by it.</summary>
    private async Task<string?> EmailAsync(ShopId shop, Person named, CancellationToken cancellationToken)
    {
        var known = await Task.WhenAll(named.Ids.Select(id => contacts.FindAsync(shop, id, cancellationToken)));
        return known.Select(contact => contact?.Email).FirstOrDefault(email => !string.IsNullOrWhiteSpace(email));
    }
}
