using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Expansion.Storage.Tests.Tables;

/// <summary>Ends the work at one of its requests, as a killed process would: before it is sent, or after the service has done it.</summary>
internal sealed class Faults(int request, bool afterwards) : HttpPipelinePolicy
{
    private int _seen;

    public bool Struck { get; private set; }

    public static TableServiceClient Client(string connectionString, Faults faults)
    {
        var options = new TableClientOptions();
        options.AddPolicy(faults, HttpPipelinePosition.PerCall);
        return new TableServiceClient(connectionString, options);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Struck = Interlocked.Increment(ref _seen) > request;
        if (Struck && !(afterwards && _seen == request + 1))
        {
            throw new CrashException();
        }

        await ProcessNextAsync(message, pipeline);
        if (Struck)
        {
            throw new CrashException();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Storage is called asynchronously.");

    public sealed class CrashException : Exception;
}
