using System.Text.Json;
using Expansion.Cli.Verbs;

namespace Expansion.Cli.Tests.Verbs;

public sealed class BenchTrainingVerbTests
{
    [Fact]
    public async Task Training_SmallFile_EndsWithTimeAndMemoryAsJson()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "order_id,sku\n1,tea\n1,pot\n2,tea\n", TestContext.Current.CancellationToken);
        var output = new StringWriter();

        var code = await BenchTrainingVerb.Create().Parse([file]).InvokeAsync(new() { Output = output }, TestContext.Current.CancellationToken);

        var last = JsonDocument.Parse(output.ToString().TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(0, code);
        Assert.Equal((2, 3, 2), (last.GetProperty("orders").GetInt32(), last.GetProperty("items").GetInt32(), last.GetProperty("products").GetInt32()));
        Assert.True(last.GetProperty("seconds").GetDouble() >= 0);
        Assert.True(last.GetProperty("peak_rss_mb").GetInt64() > 0);
        File.Delete(file);
    }
}
