using System.Text.Json;
using Expansion.Engine;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions;

/// <summary>200 and a value as JSON, in one piece with its length: for answers that are asked for so often that their way out counts.</summary>
internal sealed class JsonAnswer<T>(T value) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, ExpansionJson.Options);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = json.Length;
        return httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}
