using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace Expansion.Functions.Mcp;

/// <summary>
/// Answers a tool with what a function of the HTTP API answers: one behaviour, one set of checks. What is no 2xx becomes an error the model can read and correct itself by.
/// </summary>
internal sealed class FunctionCalls(IServiceProvider services)
{
    /// <param name="query">Without those that are null.</param>
    public async Task<CallToolResult> RunAsync<TFunction>(Func<TFunction, HttpRequest, Task<IResult>> run, IReadOnlyDictionary<string, object?> query, string? body = null)
        where TFunction : class
    {
        var (status, text) = await AnswerAsync(run, query, body);
        return status is >= 200 and < 300 ? Ok(text) : Error(text);
    }

    public static CallToolResult Error(string answer) => new() { IsError = true, Content = [new TextContentBlock { Text = Reason(answer) }] };

    private async Task<(int Status, string Text)> AnswerAsync<TFunction>(Func<TFunction, HttpRequest, Task<IResult>> run, IReadOnlyDictionary<string, object?> query, string? body)
        where TFunction : class
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = answer;
        context.Request.QueryString = new QueryBuilder(query.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, Convert.ToString(entry.Value, System.Globalization.CultureInfo.InvariantCulture)!))).ToQueryString();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        var result = await run(ActivatorUtilities.CreateInstance<TFunction>(services), context.Request);
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    /// <summary>As structure for programs, and the same as text for models.</summary>
    private static CallToolResult Ok(string json) => new() { Content = [new TextContentBlock { Text = json }], StructuredContent = JsonSerializer.Deserialize<JsonElement>(json) };

    /// <summary>Of a problem document, what to do about it.</summary>
    private static string Reason(string answer)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<JsonElement>(answer);
            var errors = problem.TryGetProperty("errors", out var found) ? $" {found.GetRawText()}" : "";
            return problem.TryGetProperty("detail", out var detail) ? detail + errors : problem.TryGetProperty("title", out var title) ? title + errors : answer;
        }
        catch (JsonException)
        {
            return answer;
        }
    }
}
