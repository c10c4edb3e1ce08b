using Expansion.Cli;
using Expansion.Cli.Verbs;

// A benchmark of a second or less can't wait for the app's libraries to be loaded.
return args is ["bench", "mining", ..] ? BenchMiningVerb.Run(args.AsSpan(2)) : await RunAsync(args);

static Task<int> RunAsync(string[] args) => ExpansionCommand.Create().Parse(args).InvokeAsync();
