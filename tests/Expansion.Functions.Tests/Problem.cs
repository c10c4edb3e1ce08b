using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Expansion.Functions.Tests;

/// <summary>A problem-details answer: its status and its detail, which says what to do.</summary>
internal static class Problem
{
    public static async Task<(int Status, string Detail)> OfAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal((int)answer.StatusCode, (int)problem!["status"]!);
        return ((int)answer.StatusCode, (string)problem["detail"]!);
    }
}
