using System.CommandLine;
using Expansion.LocalHost;
using Microsoft.Extensions.Hosting;

namespace Expansion.Cli.Verbs;

/// <summary>LocalHost on the configured storage, until somebody stops it.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var port = Port();
        var command = new Command("serve", "Runs the functions on this machine, for development.") { port };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            await RunAsync(app, parsed.GetValue(port), _ => { }, cancellationToken);
            return 0;
        });
        return command;
    }

    public static Option<int> Port() => new("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => new LocalHostOptions().Port };

    /// <param name="announce">Called with the address once it listens.</param>
    public static async Task RunAsync(CliApp app, int port, Action<string> announce, CancellationToken cancellationToken)
    {
        await using var host = FunctionHost.Build(new LocalHostOptions { Port = port }, app.Configuration);
        await host.StartAsync(cancellationToken);
        var address = host.Urls.First();
        Console.WriteLine($"Listening on {address}. Stop with Ctrl+C.");
        announce(address);
        await host.WaitForShutdownAsync(cancellationToken);
    }
}
