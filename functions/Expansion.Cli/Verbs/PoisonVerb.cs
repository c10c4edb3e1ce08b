using System.CommandLine;
using Expansion.Engine.Operations;

namespace Expansion.Cli.Verbs;

/// <summary>Messages that failed for good: which queues have some, what is in them, and back with them to their queue.</summary>
internal static class PoisonVerb
{
    private const int MostShown = 32;

    public static Command Create() => new("poison", "Messages that failed for good: list, show, replay.") { List(), Show(), Replay() };

    private static Command List()
    {
        var command = new Command("list", "Says which queues have messages that failed for good, and how many.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            foreach (var queue in await app.Get<IPoisonQueues>().ListAsync(cancellationToken))
            {
                Console.WriteLine($"{queue.Messages,7} {queue.Queue}");
            }

            return 0;
        });
        return command;
    }

    private static Command Show()
    {
        var (queue, limit) = (Queue(), Limit(MostShown));
        limit.DefaultValueFactory = _ => MostShown;
        var command = new Command("show", "Writes the oldest messages as JSON, a line each; they stay.") { queue, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var name = parsed.GetRequiredValue(queue);
            var messages = await app.Get<IPoisonQueues>().ShowAsync(name, parsed.GetValue(limit)!.Value, cancellationToken);
            foreach (var message in messages ?? [])
            {
                Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(message, Engine.ExpansionJson.Options));
            }

            return messages is null ? Unknown(name) : 0;
        });
        return command;
    }

    private static Command Replay()
    {
        var (queue, limit) = (Queue(), Limit(int.MaxValue));
        var command = new Command("replay", "Sends the messages to their queue again; a running host then takes them.") { queue, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await CliApp.StartAsync(cancellationToken);
            var name = parsed.GetRequiredValue(queue);
            if (await app.Get<IPoisonQueues>().ReplayAsync(name, parsed.GetValue(limit), cancellationToken) is not { } sent)
            {
                return Unknown(name);
            }

            Console.WriteLine($"{sent} messages were sent to {name} again.");
            return 0;
        });
        return command;
    }

    private static int Unknown(string queue)
    {
        Console.Error.WriteLine($"No message of a queue '{queue}' ever failed for good: `poison list` says which queues there are.");
        return 1;
    }

    private static Argument<string> Queue() => new("queue") { Description = "The queue that the messages came from, e.g. order-received." };

    private static Option<int?> Limit(int most)
    {
        var limit = new Option<int?>("--limit") { Description = "At most so many messages." };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is { } given && (given < 1 || given > most))
            {
                result.AddError($"--limit must be from 1 to {most}.");
            }
        });
        return limit;
    }
}
