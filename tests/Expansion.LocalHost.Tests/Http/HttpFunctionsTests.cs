using System.Net;
using Expansion.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Expansion.LocalHost.Tests.Http;

[Trait("Category", "Azurite")]
public sealed class HttpFunctionsTests(AzuriteFixture azurite)
{
    public sealed record Answer(string FirstName, int? Nothing = null);

    public sealed class Samples(TimeProvider time, Probe probe)
    {
        [Function("Slow")]
        public async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
        {
            await probe.PassAsync(cancellationToken);
            return Results.Text(request.Method);
        }

        [Function("BindAll")]
        public IResult BindAll([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bind/{shop}/{number:int}/{id}/{missing?}")] HttpRequest request, string shop, int number, Guid id, string? missing, CancellationToken cancellationToken) =>
            Results.Text($"{request.Query["q"]} {shop} {number} {id} {missing ?? "none"} {cancellationToken.CanBeCanceled} {time is not null}");

        [Function("UnnamedRoute")]
        public static Task<IResult> UnnamedRoute([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request) =>
            Task.FromResult(Results.Ok(new Answer(request.Method)));

        [Function("Put")]
        public static IResult Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "shared")] HttpRequest request) => Results.Text(request.Method);

        [Function("Get")]
        public static async ValueTask<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shared")] HttpRequest request)
        {
            await Task.Yield();
            return Results.Text(request.Method);
        }

        [Function("AnyMethod")]
        public static IResult AnyMethod([HttpTrigger(AuthorizationLevel.Anonymous, Route = "any")] HttpRequest request) => Results.Text(request.Method);

        [Function("Action")]
        public static IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action")] HttpRequest request) =>
            new ObjectResult(new Answer(request.Method)) { StatusCode = 202 };

        [Function("Text")]
        public static string Text([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "text")] HttpRequest request) => request.Method;

        [Function("Throws")]
        public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "throws")] HttpRequest request) =>
            throw new InvalidOperationException($"{request.Method} is broken.");

        [Function("Refuses")]
        public static IResult Refuses([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "refuses")] HttpRequest request) =>
            Results.Problem($"No {request.Method} today.", statusCode: 400);

        [Function("Length")]
        public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "length")] HttpRequest request)
        {
            var (total, read, buffer) = (0L, 0, new byte[1 << 16]);
            while ((read = await request.Body.ReadAsync(buffer)) > 0)
            {
                total += read;
            }
            return Results.Text($"{total}");
        }

        [Function("Off")]
        public static IResult Off([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "off")] HttpRequest request) => Results.Text(request.Method);
    }

    private readonly Probe _probe = new();

    private Task<TestHost> StartAsync(params (string Name, string Value)[] settings) =>
        TestHost.StartAsync(azurite.NewAccount(), new()
        {
            Functions = [typeof(Samples)],
            Services = services => services.AddSingleton(_probe),
            Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
        });

    [Fact]
    public async Task Route_WithValues_BindsThemByName()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            "x a b 7 00000000-0000-0000-0000-000000000001 none True True",
            await host.Client.GetStringAsync("/api/bind/a%20b/7/00000000-0000-0000-0000-000000000001?q=x"));
    }

    [Theory]
    [InlineData("GET", "/api/UnnamedRoute", """{"first_name":"GET"}""")]
    [InlineData("POST", "/api/unnamedroute", """{"first_name":"POST"}""")]
    [InlineData("GET", "/api/shared", "GET")]
    [InlineData("PUT", "/api/shared", "PUT")]
    [InlineData("PATCH", "/api/any", "PATCH")]
    [InlineData("GET", "/api/text", "")]
    public async Task Request_OfADeclaredMethod_IsAnsweredByItsFunction(string method, string path, string body)
    {
        await using var host = await StartAsync();

        using var response = await host.Client.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ActionResult_WithAnObject_IsAnsweredInTheSameJson()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/api/action");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"first_name":"GET"}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("POST", "/api/shared")]
    [InlineData("OPTIONS", "/api/shared")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/shared")]
    [InlineData("GET", "/api/bind/a/seven/00000000-0000-0000-0000-000000000001")]
    [InlineData("GET", "/api/off")]
    public async Task Request_OfAnotherMethodOrRouteOrADisabledFunction_Is404WithoutABody(string method, string path)
    {
        await using var host = await StartAsync(("AzureWebJobs.Off.Disabled", "true"));

        using var response = await host.Client.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Function_ThatThrows_Is500WithoutABodyAndALogLine()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/api/throws");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Error Function.Throws: Throws failed System.InvalidOperationException: GET is broken.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Problem_FromAFunction_IsProblemDetails()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.GetAsync("/api/refuses");

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"detail\":\"No GET today.\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_OfTheFunctionsHostsLimit_IsReadWhole()
    {
        await using var host = await StartAsync();

        using var response = await host.Client.PostAsync("/api/length", new ByteArrayContent(new byte[104_857_600]));

        Assert.Equal("104857600", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Body_OverTheLimit_Is413()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/length") { Content = new ByteArrayContent(new byte[104_857_601]) };
        request.Headers.ExpectContinue = true;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task RoutePrefix_SetToNothing_LeavesTheRoute()
    {
        await using var host = await StartAsync(("AzureFunctionsJobHost:extensions:http:routePrefix", ""));

        Assert.Equal("GET", await host.Client.GetStringAsync("/shared"));
    }

    [Fact]
    public async Task Stop_WhileAFunctionAnswers_LetsItEnd()
    {
        await using var host = await StartAsync();
        var answer = host.Client.GetStringAsync("/api/slow");
        await Eventually.TrueAsync(() => _probe.Now == 1, "it runs");

        var stop = host.StopAsync();
        Assert.True(await Eventually.StaysOpenAsync(stop));
        _probe.Gate.SetResult();

        Assert.Equal("GET", await answer);
        await stop;
    }

    [Fact]
    public async Task FunctionTimeout_Reached_CancelsTheFunctionAndIs500()
    {
        await using var host = await StartAsync(("AzureFunctionsJobHost:functionTimeout", "00:00:00.200"));

        using var response = await host.Client.GetAsync("/api/slow");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, _probe.Now);
    }
}
