using Expansion.Cli.Verbs;
using Expansion.Functions.Operations;
using Expansion.LocalHost;

namespace Expansion.Cli.Tests.Verbs;

public sealed class ApiVerbTests
{
    [Fact]
    public void Markdown_OfTheFunctions_IsWhatTheDocsHold()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "api.md")).ReplaceLineEndings("\n").TrimEnd();

        Assert.True(
            page == ApiVerb.Markdown(OpenApiDocument.Create()),
            "docs/api.md isn't what the functions say: `dotnet run -c Release --project functions/Expansion.Cli -- api --markdown > docs/api.md`.");
    }
}
