using System.Text.Json.Nodes;
using Expansion.Engine.Timing.Rules;

namespace Expansion.Functions.Rules;

/// <summary>A rule as it is shown: a sentence for people, the document for changing it.</summary>
internal sealed record RuleAnswer(string Id, int Version, bool Enabled, string Sentence, JsonNode? Document)
{
    public static RuleAnswer Of(Rule rule) => new(rule.Id, rule.Version, rule.Enabled, rule.Sentence, JsonNode.Parse(rule.Document));
}
