using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Operations;

/// <summary>What `doctor` says: of configuration, storage, the night's work, failed messages and connectors.</summary>
public sealed class GetFindings(Doctor doctor)
{
    [OfAllShops]
    [Answers<FindingList>]
    [Function(nameof(GetFindings))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "operations/findings")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Ok(new FindingList(await doctor.ExamineAsync(cancellationToken)));
}

internal sealed record FindingList(IReadOnlyList<HealthFinding> Findings);
