using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Expansion.Engine;

namespace Expansion.LocalHost.Queues;

/// <summary>From a message on the wire to a function's parameters.</summary>
internal static class QueueBody
{
    public static bool TryDecode(QueueMessage message, MessageEncoding encoding, [NotNullWhen(true)] out QueueMessage? decoded)
    {
        decoded = encoding == MessageEncoding.None ? message : null;
        if (encoding == MessageEncoding.Base64)
        {
            var bytes = new byte[message.MessageText.Length];
            if (Convert.TryFromBase64String(message.MessageText, bytes, out var length))
            {
                decoded = QueuesModelFactory.QueueMessage(
                    message.MessageId, message.PopReceipt, BinaryData.FromBytes(bytes.AsMemory(0, length)), message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
            }
        }
        return decoded is not null;
    }

    /// <param name="message">Decoded.</param>
    public static object? Bind(QueueFunction function, ParameterInfo parameter, QueueMessage message) =>
        parameter == function.Parameter ? BindBody(parameter.ParameterType, message) : parameter.Name!.ToUpperInvariant() switch
        {
            "ID" => message.MessageId,
            "DEQUEUECOUNT" => Convert.ChangeType(message.DequeueCount, parameter.ParameterType, provider: null),
            "POPRECEIPT" => message.PopReceipt,
            "INSERTIONTIME" => message.InsertedOn,
            "EXPIRATIONTIME" => message.ExpiresOn,
            "NEXTVISIBLETIME" => message.NextVisibleOn,
            _ => throw new InvalidOperationException($"{function.Name} asks for {parameter.Name}, which a queue message doesn't have."),
        };

    private static object? BindBody(Type type, QueueMessage message) =>
        type == typeof(QueueMessage) ? message
        : type == typeof(string) ? message.Body.ToString()
        : type == typeof(BinaryData) ? message.Body
        : type == typeof(byte[]) ? message.Body.ToArray()
        : JsonSerializer.Deserialize(message.Body, type, ExpansionJson.Options);
}
