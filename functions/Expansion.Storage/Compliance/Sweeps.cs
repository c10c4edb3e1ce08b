using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Expansion.Engine;
using Expansion.Storage.Tables;

namespace Expansion.Storage.Compliance;

/// <summary>What going through all of storage needs.</summary>
internal static class Sweeps
{
    private const int MostMessages = 32;

    /// <summary>Longer than it takes to look through a queue.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    /// <summary>The rows of all partitions of a shop, which its name is, or begins, the key of.</summary>
    public static IAsyncEnumerable<TableEntity> RowsOfAsync(this TableClient table, ShopId shop, CancellationToken cancellationToken, params string[] select)
    {
        var (own, first, last) = (TableKey.From(shop.Value), TableKey.From(shop.Value, ""), TableKey.From(shop.Value) + "}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {own} or (PartitionKey ge {first} and PartitionKey lt {last})");
        return table.QueryAsync<TableEntity>(filter, select: select.Length == 0 ? null : select, cancellationToken: cancellationToken);
    }

    /// <summary>Deletes the messages that match, and puts the others back. One that somebody works on isn't seen.</summary>
    /// <param name="queue">Of a client that takes messages as they are: what has failed may be anything.</param>
    public static async Task<int> DeleteAsync(this QueueClient queue, Func<string, bool> matches, CancellationToken cancellationToken)
    {
        var (deleted, others) = (0, new List<QueueMessage>());
        while ((await queue.ReceiveMessagesAsync(MostMessages, Held, cancellationToken)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                if (matches(Text(message.Body.ToString())))
                {
                    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                    deleted++;
                }
                else
                {
                    others.Add(message);
                }
            }
        }

        foreach (var message in others)
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellationToken);
        }

        return deleted;
    }

    private static string Text(string body)
    {
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : body;
    }

    /// <summary>Places where nothing was found aren't named.</summary>
    public static void Count(this Dictionary<string, int> erased, string where, int count)
    {
        if (count > 0)
        {
            erased[where] = erased.GetValueOrDefault(where) + count;
        }
    }
}
