using Expansion.Engine.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Expansion.Functions.Outbox;

/// <summary>What was given up: e-mails, opportunities and webhooks, newest first, each with the reason.</summary>
public sealed class ListDeadLetters(IOutboxStore store)
{
    [Function(nameof(ListDeadLetters))]
    [Asks("shop", "limit")]
    [Answers<DeadLetterList>]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "outbox/dead")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var (shop, limit) = (query.Shop(), query.Whole("limit", 1, 500) ?? 100);
        if (query.Problem() is { } problem)
        {
            return problem;
        }

        var dead = await store.DeadAsync(shop, cancellationToken).Take(limit).ToListAsync(cancellationToken);
        return Results.Ok(new DeadLetterList([.. dead.Select(item => new DeadLetter(item.Channel, item.Id, item.CreatedAt, item.Attempts, item.Reason ?? ""))]));
    }
}

internal sealed record DeadLetterList(IReadOnlyList<DeadLetter> Items);

internal sealed record DeadLetter(string Channel, string Id, DateTimeOffset CreatedAt, int Attempts, string Reason);
