namespace Expansion.Engine.Timing.Rules;

/// <summary>The method's four examples, to be copied and changed. A shop's own rules begin with none.</summary>
public static class RuleExamples
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.Read(
            """{"id":"bought-a-then-b","name":"Who has bought A is offered B","when":{"fact":"bought","product":"A"},"then":{"recommend_product":"B"}}""", 1),
        Rule.Read(
            """
            {"id":"basic-and-x-to-pro","name":"Basic, and uses X a lot: Pro",
             "when":{"all":[{"fact":"plan","is":"Basic"},{"fact":"feature_uses","feature":"X","days":30,"above":10}]},
             "then":{"recommend_plan":"Pro"}}
            """, 1),
        Rule.Read(
            """
            {"id":"renewal-and-growth-to-annual","name":"Renews soon and grows: pay by the year",
             "when":{"all":[{"fact":"days_to_renewal","at_most":30},{"fact":"usage_change","days":30,"at_least":20}]},
             "then":{"annual_upgrade":true}}
            """, 1),
        Rule.Read(
            """{"id":"cart-to-100","name":"A cart just below 100","touchpoints":["cart_page","checkout"],"when":{"fact":"cart_value","between":[75,95]},"then":{"reach_cart_total":100}}""", 1),
    ];
}
