using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Expansion.Engine.Recommendations.Serving;
using Expansion.Storage.Segments;
using Expansion.Testing;
using static Expansion.Storage.Tests.Given;

namespace Expansion.Storage.Tests.Segments;

[Trait("Category", "Azurite")]
public sealed class ModelStoreTests
{
    private readonly ModelStore _models;

    public ModelStoreTests(AzuriteFixture azurite)
    {
        var account = azurite.NewAccount();
        _models = new(new TableServiceClient(account), new BlobServiceClient(account));
    }

    [Fact]
    public async Task PublishAsync_NewGeneration_IsReadAndTheOneBeforeIsKept()
    {
        Assert.Null(await _models.CurrentAsync(Shop, default));
        foreach (var id in new[] { "1", "2", "3" })
        {
            await WriteAsync(id);
            await _models.PublishAsync(Shop, Generation(id), default);
        }

        Assert.Equal("3", (await _models.CurrentAsync(Shop, default))!.Id);
        Assert.Equal("model 2", await ReadAsync("2"));
        Assert.Equal("del", Encoding.UTF8.GetString((await _models.FindAsync(Shop, "3", ModelGeneration.Model, 2, 3, default))!));
        Assert.Null(await _models.FindAsync(Shop, "1", ModelGeneration.Model, 2, 3, default));
        var gone = await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync("1"));
        Assert.Equal($"The model of model 1 of {Shop} is gone: a later one has replaced it.", gone.Message);
    }

    [Fact]
    public async Task PublishAsync_OlderThanThePublished_ChangesNothing()
    {
        await WriteAsync("2");
        await _models.PublishAsync(Shop, Generation("2"), default);
        await _models.PublishAsync(Shop, Generation("1"), default);

        Assert.Equal("2", (await _models.CurrentAsync(Shop, default))!.Id);
        Assert.Equal("model 2", await ReadAsync("2"));
    }

    private Task WriteAsync(string id) => _models.WriteAsync(Shop, id, ModelGeneration.Model, stream => stream.Write(Encoding.UTF8.GetBytes($"model {id}")), default);

    private async Task<string> ReadAsync(string id) => Encoding.UTF8.GetString(await _models.ReadAsync(Shop, id, ModelGeneration.Model, default));

    private static ModelGeneration Generation(string id) => new(id, Noon, 1, 2, 3);
}
