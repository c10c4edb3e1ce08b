using Expansion.Engine;
using Expansion.Functions.Affinity;
using Microsoft.AspNetCore.Http;

namespace Expansion.Functions;

/// <summary>Answers that say no: RFC 9457 problem details whose detail says what to do.</summary>
internal static class Problems
{
    public static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "Bad request");

    public static IResult Unauthorized(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status401Unauthorized, title: "Unauthorized");

    public static IResult Invalid(IReadOnlyDictionary<string, string[]> errors, string title = "Invalid settings") =>
        Results.ValidationProblem(errors.ToDictionary(), statusCode: StatusCodes.Status400BadRequest, title: title);

    public static IResult UnknownShop(string? shop) =>
        NotFound($"There is no shop '{shop}'. Import its orders, or add it with PUT /api/shops/{{shop}}/settings.");

    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    public static IResult Erased(CustomerId customer) =>
        Results.Problem($"Customer '{customer}' was erased: nothing is kept about them any more. A person who comes back needs an id of their own.", statusCode: StatusCodes.Status410Gone, title: "Gone");

    public static IResult Forbidden(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status403Forbidden, title: "Forbidden");

    public static IResult UnknownPoisonQueue(string queue) => NotFound($"No message of a queue '{queue}' ever failed for good: GET /api/operations/poison lists the queues.");

    public static IResult Missing(PairsMissing missing) => missing.ShopIsKnown ? Conflict(missing.Reason) : NotFound(missing.Reason);

    public static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "Conflict");

    public static IResult TooMany(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests");

    public static IResult TooLarge(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status413PayloadTooLarge, title: "Too large");
}
