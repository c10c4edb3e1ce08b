using Expansion.Engine.Experiments.Guardrails;
using Expansion.Engine.Metrics.Facts;
using Expansion.Engine.Outcomes;

namespace Expansion.Functions.Tests.Experiments;

/// <summary>What 600 visitors of two arms by turns did: a tenth of control fares badly, and half of the other arm.</summary>
internal static class Harmed
{
    public const int Visitors = 600;

    public static IEnumerable<Outcome> Outcomes(string guardrail, int visitor, DateTimeOffset start)
    {
        var bad = visitor % 2 == 0 ? visitor % 20 == 0 : visitor % 4 == 1;
        return guardrail switch
        {
            GuardrailPlan.ReturnRate => bad ? [Order(1), Paid(OutcomeKind.Refund, 20)] : [Order(1)],
            GuardrailPlan.LifetimeValue => bad ? [] : [Order(40), Paid(OutcomeKind.Revenue, 40)],
            GuardrailPlan.Retention => bad ? [] : [Tell(OutcomeKind.Dismissal, 33)],
            GuardrailPlan.Satisfaction => [Tell(OutcomeKind.Satisfaction, 2) with { Amount = bad ? 1 : 5 }],
            GuardrailPlan.OptOutRate => bad ? [Tell(OutcomeKind.OptOut, 1)] : [],
            _ => bad ? [Tell(OutcomeKind.Complaint, 1)] : [],
        };

        Outcome Order(int day) => Paid(OutcomeKind.Order, day) with { Order = new(OrderStatus.Completed, [new(LineRole.Main, 1)]) };

        Outcome Paid(OutcomeKind kind, int day) => Tell(kind, day) with { OrderId = new($"order-{visitor}"), Amount = 50 };

        Outcome Tell(OutcomeKind kind, int day) => new($"{kind}-{visitor}", kind, start.AddDays(day), new($"{visitor}"));
    }
}
