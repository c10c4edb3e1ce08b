using Expansion.Cli;
using Expansion.Cli.Verbs;

// A benchmark of a second or less can't wait for a host to be composed.
if (args is ["bench", "mining", .. var rest])
{
    return BenchMining.Run(rest);
}

return await ExpansionCommand.Create().Parse(args).InvokeAsync();
