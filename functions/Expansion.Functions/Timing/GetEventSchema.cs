using Expansion.Engine.Timing.Signals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Timing;

public static class GetEventSchema
{
    [Function(nameof(GetEventSchema))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "events/schema")] HttpRequest request) =>
        Results.Text(SignalSchema.Document.ToJsonString(), "application/schema+json");
}
