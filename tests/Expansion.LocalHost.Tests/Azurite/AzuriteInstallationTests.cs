using Expansion.LocalHost.Azurite;

namespace Expansion.LocalHost.Tests.Azurite;

public sealed class AzuriteInstallationTests
{
    [Theory]
    [InlineData("v20.20.2\n")]
    [InlineData("v24.0.0")]
    public void Refusal_NodeTwentyOrNewer_IsNull(string version) => Assert.Null(AzuriteInstallation.Refusal(version));

    [Theory]
    [InlineData("v18.19.0\n")]
    [InlineData("")]
    public void Refusal_OlderNode_SaysWhatToInstall(string version) =>
        Assert.Contains("Install Node.js 20 or newer with npm", AzuriteInstallation.Refusal(version), StringComparison.Ordinal);
}
