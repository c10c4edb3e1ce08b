using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Expansion.Storage.Tests.Tables;

/// <summary>Lets somebody else do all of their work just before one of our requests.</summary>
internal sealed class Overtaking(int request, Func<Task> meanwhile) : HttpPipelinePolicy
{
    private int _seen;

    public bool Happened => _seen > request;

    public static TableServiceClient Client(string connectionString, Overtaking overtaking)
    {
        var options = new TableClientOptions();
        options.AddPolicy(overtaking, HttpPipelinePosition.PerCall);
        return new TableServiceClient(connectionString, options);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Interlocked.Increment(ref _seen) == request + 1)
        {
            await meanwhile();
        }

        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Storage is called asynchronously.");
}
