using Azure.Storage.Blobs;

namespace Expansion.Storage;

/// <summary>A blob container that is created on first use, once a process.</summary>
internal sealed class LazyContainer(BlobServiceClient service, string name)
{
    private readonly BlobContainerClient _container = service.GetBlobContainerClient(name);
    private volatile bool _exists;

    public async ValueTask<BlobContainerClient> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_exists)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            _exists = true;
        }

        return _container;
    }
}
