using Azure.Identity;
using Expansion.Engine;
using Expansion.Engine.Affinity;
using Expansion.Engine.Orders;
using Expansion.Engine.Shops;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.Storage.Tests;

public sealed class StorageAccountTests
{
    private const string Other = "DefaultEndpointsProtocol=https;AccountName=other;AccountKey=dGVzdA==;EndpointSuffix=core.windows.net";

    [Fact]
    public void Clients_NothingConfigured_AreTheEmulators()
    {
        var account = Account();

        Assert.Equal("http://127.0.0.1:10000/devstoreaccount1", account.Blobs().Uri.ToString());
        Assert.Equal("http://127.0.0.1:10001/devstoreaccount1", account.Queues().Uri.ToString());
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", account.Tables().Uri.ToString());
    }

    [Theory]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("ConnectionStrings:AzureWebJobsStorage")]
    public void Clients_ConnectionString_WinsOverTheSection(string key)
    {
        var account = Account((key, Other), ("AzureWebJobsStorage:accountName", "ignored"));

        Assert.Equal("other", account.Blobs().AccountName);
        Assert.Equal("other", account.Queues().AccountName);
        Assert.Equal("other", account.Tables().AccountName);
    }

    [Fact]
    public void Clients_AccountName_AreAtItsAddresses()
    {
        var account = Account(("AzureWebJobsStorage:accountName", "coffee"), ("AzureWebJobsStorage:credential", "managedidentity"), ("AzureWebJobsStorage:clientId", "0001"));

        Assert.Equal("https://coffee.blob.core.windows.net/", account.Blobs().Uri.ToString());
        Assert.Equal("https://coffee.queue.core.windows.net/", account.Queues().Uri.ToString());
        Assert.Equal("https://coffee.table.core.windows.net/", account.Tables().Uri.ToString());
        Assert.IsType<ManagedIdentityCredential>(account.Credential());
    }

    [Fact]
    public void Clients_ServiceAddresses_AreThere()
    {
        var account = Account(("AzureWebJobsStorage:tableServiceUri", "https://coffee.table.core.usgovcloudapi.net"));

        Assert.Equal("https://coffee.table.core.usgovcloudapi.net/", account.Tables().Uri.ToString());
        Assert.IsType<DefaultAzureCredential>(account.Credential());
        var missing = Assert.Throws<InvalidOperationException>(account.Blobs);
        Assert.Contains("AzureWebJobsStorage__blobServiceUri", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credential_OfAnUnknownKind_IsRefused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(Account(("AzureWebJobsStorage:credential", "password")).Credential);

        Assert.Contains("'password'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddStorage_EveryStore_IsThere()
    {
        using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddStorage(new ConfigurationBuilder().Build()).BuildServiceProvider();

        Assert.All(
            [typeof(IShopStore), typeof(IProductStore), typeof(IDeliveryStore), typeof(IOrderStore), typeof(IAffinityStore), typeof(IBasketSegments), typeof(IMessageQueue), typeof(IInbox), typeof(IRecomputeStatusStore)],
            store => services.GetRequiredService(store));
    }

    private static StorageAccount Account(params IEnumerable<(string Key, string Value)> settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
