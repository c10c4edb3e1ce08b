using Microsoft.AspNetCore.Http;

namespace Expansion.Functions;

/// <summary>200 and JSON that is written already, with its length: for answers that are asked for so often that their way out counts.</summary>
internal sealed class JsonAnswer(byte[] json) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = json.Length;
        return httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}
