namespace Expansion.Connectors;

/// <summary>Looks at one connector's settings, and at the other side where that costs nothing, for who asks what is wrong.</summary>
public interface IConnectorCheck
{
    /// <summary>One sentence each; a connector that isn't configured says that it is off.</summary>
    IAsyncEnumerable<ConnectorFinding> ExamineAsync(CancellationToken cancellationToken);
}

/// <param name="Ok">False for what has to be put right.</param>
public sealed record ConnectorFinding(bool Ok, string Sentence);
