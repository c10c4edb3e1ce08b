using Microsoft.AspNetCore.Http;

namespace Expansion.Connectors;

/// <summary>Reads a body that must be seen whole, as for its signature, and no more of it than is allowed.</summary>
public static class LimitedBody
{
    private const int FirstBytes = 16 * 1024;

    /// <returns>Null when the body is longer than <paramref name="limit"/> bytes; at most one byte more than that is ever held.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(this HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // What a client announces is not yet paid for: the buffer grows with what has arrived.
        var buffer = new byte[Math.Min(FirstBytes, limit + 1)];
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
