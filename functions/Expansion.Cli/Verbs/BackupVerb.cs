using System.CommandLine;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Expansion.Storage.Backup;

namespace Expansion.Cli.Verbs;

/// <summary>All state into a folder, and back into storage that has none.</summary>
internal static class BackupVerb
{
    public static Command CreateBackup() => Create(
        "backup", "Saves all tables and blobs to a folder. Stop the app meanwhile for an exact copy.", "A folder that is empty or isn't there yet.",
        (backup, folder, cancellationToken) => folder is { Exists: true } && folder.EnumerateFileSystemInfos().Any()
            ? throw new InvalidOperationException($"{folder.FullName} isn't empty.")
            : backup.SaveAsync(Directory.CreateDirectory(folder.FullName), cancellationToken));

    public static Command CreateRestore() => Create(
        "restore", "Brings a backup's tables and blobs into storage that has none of them.", "A folder that `backup` has written.",
        (backup, folder, cancellationToken) => folder.Exists
            ? backup.RestoreAsync(folder, cancellationToken)
            : throw new InvalidOperationException($"{folder.FullName} isn't there."));

    private static Command Create(string name, string description, string folderDescription, Func<StorageBackup, DirectoryInfo, CancellationToken, Task<BackupSummary>> run)
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = folderDescription };
        var command = new Command(name, description) { folder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            try
            {
                var summary = await run(new(app.Get<TableServiceClient>(), app.Get<BlobServiceClient>()), parsed.GetRequiredValue(folder), cancellationToken);
                Console.WriteLine($"{summary.Rows} rows of {summary.Tables} tables and {summary.Blobs} blobs");
                return 0;
            }
            catch (InvalidOperationException refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Message);
                return 1;
            }
        });
        return command;
    }
}
