using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Expansion.Cli.Costs;
using Expansion.Engine;

namespace Expansion.Cli.Verbs;

/// <summary>What a month costs on Flex Consumption, by the model of docs/operations/capacity.md and prices that the caller gives.</summary>
internal static class CostVerb
{
    private static readonly JsonSerializerOptions Whole = new(ExpansionJson.Options) { RespectRequiredConstructorParameters = true };

    public static Command Create()
    {
        var prices = new Option<FileInfo>("--prices") { Description = "A JSON file of your region's prices; docs/operations/capacity.md shows its form.", Required = true };
        var orders = Count("--orders", "Orders that come in by webhook in the month.");
        var recommendations = Count("--recommendations", "Recommendations that are asked for in the month.");
        var shops = Count("--shops", "Shops that are recomputed every night.");
        var usage = new Option<FileInfo?>("--usage") { Description = "A JSON file that replaces what the model assumes of a run, such as {\"products_per_question\":3}." };
        var command = new Command("cost", "Says what a month costs, part by part, at prices that you give.") { prices, orders, recommendations, shops, usage };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var cost = CostModel.Of(
                new(parsed.GetValue(orders), parsed.GetValue(recommendations), parsed.GetValue(shops)),
                parsed.GetValue(usage) is { } file ? await ReadAsync<Usage>(file, cancellationToken) : new(),
                await ReadAsync<Prices>(parsed.GetRequiredValue(prices), cancellationToken));
            foreach (var part in cost)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part.Name,-18} {part.Quantity,18:N0} {part.Unit,-12} {part.Cost,12:N2}"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"a month",-50} {cost.Sum(part => part.Cost),12:N2}"));
            return 0;
        });
        return command;
    }

    private static Option<long> Count(string name, string description)
    {
        var option = new Option<long>(name) { Description = description, DefaultValueFactory = _ => 0 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 0)
            {
                result.AddError($"{name} can't be below zero.");
            }
        });
        return option;
    }

    private static async Task<T> ReadAsync<T>(FileInfo file, CancellationToken cancellationToken)
    {
        await using var json = file.OpenRead();
        return await JsonSerializer.DeserializeAsync<T>(json, Whole, cancellationToken)
            ?? throw new InvalidOperationException($"{file.Name} holds null.");
    }
}
