using System.Text.Json;

namespace Expansion.Engine.Experiments;

internal static class ExperimentEquality
{
    /// <summary>Equal in everything that is stored; records compare their lists by reference.</summary>
    public static bool Same(ExperimentDefinition left, ExperimentDefinition right) =>
        JsonSerializer.Serialize(left, ExpansionJson.Options) == JsonSerializer.Serialize(right, ExpansionJson.Options);
}
