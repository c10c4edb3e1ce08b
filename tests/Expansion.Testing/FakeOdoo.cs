using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Expansion.Testing;

/// <summary>
/// So much of an Odoo as the connector uses, in either protocol, answering in the captured shapes. Records live in memory; an external id is a record's for good.
/// </summary>
public sealed class FakeOdoo : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SortedDictionary<long, JsonObject>> _models = new();
    private readonly Dictionary<string, long> _external = [];
    private FakeServer _server = null!;
    private long _lastId = 20;

    public Uri Address => _server.Address;

    public HashSet<string> Keys { get; } = ["good"];

    public string Version { get; set; } = "19.0";

    /// <summary>What is answered instead, when it gives a status: an outage, a limit, a proxy's page.</summary>
    public Func<FakeRequest, (int Status, string Body)?> Fault { get; set; } = _ => null;

    /// <summary>Model and method of every call that was let in.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<FakeOdoo> StartAsync()
    {
        var odoo = new FakeOdoo();
        odoo.Add("res.company", new() { ["currency_id"] = new JsonArray(1, "USD") });
        odoo.Add("crm.stage", new() { ["is_won"] = true }, 4);
        odoo.Add("crm.stage", new() { ["is_won"] = false }, 1);
        odoo._server = await FakeServer.StartAsync(odoo.AnswerAsync);
        return odoo;
    }

    public IReadOnlyList<JsonObject> Records(string model)
    {
        lock (_models)
        {
            return [.. Model(model).Values];
        }
    }

    public long Add(string model, JsonObject values, long? id = null)
    {
        lock (_models)
        {
            var key = id ?? Interlocked.Increment(ref _lastId);
            values["id"] = key;
            Model(model)[key] = values;
            return key;
        }
    }

    public void Change(string model, long id, JsonObject values)
    {
        lock (_models)
        {
            foreach (var (name, value) in values)
            {
                Model(model)[id][name] = value?.DeepClone();
            }
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private SortedDictionary<long, JsonObject> Model(string model) => _models.GetOrAdd(model, _ => []);

    private async Task AnswerAsync(FakeRequest request, HttpContext context)
    {
        if (Fault(request) is { } fault)
        {
            context.Response.StatusCode = fault.Status;
            context.Response.Headers.RetryAfter = fault.Status == 429 ? "600" : default;
            await context.Response.WriteAsync(fault.Body);
            return;
        }

        var (status, body) = request.Path switch
        {
            "/web/version" when Version.StartsWith("19", StringComparison.Ordinal) => (200, new JsonObject { ["version"] = Version, ["version_info"] = new JsonArray(19, 0, 0, "final", 0, "") }),
            "/jsonrpc" => (200, Rpc(JsonNode.Parse(request.Body)!["params"]!)),
            _ when request.Path.StartsWith("/json/2/", StringComparison.Ordinal) && Version.StartsWith("19", StringComparison.Ordinal) => Json2(request),
            _ => (404, null),
        };
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(status == 404 && body is null ? "<!DOCTYPE html><title>404 Not Found</title>" : body?.ToJsonString() ?? "null");
    }

    private (int Status, JsonNode? Body) Json2(FakeRequest request)
    {
        if (!Keys.Contains(request.Headers.Authorization.ToString().Split(' ')[^1]))
        {
            return (401, Error("werkzeug.exceptions.Unauthorized", "Invalid apikey"));
        }

        var path = request.Path.Split('/');
        return Call(path[3], path[4], JsonNode.Parse(request.Body)!.AsObject());
    }

    private JsonObject Rpc(JsonNode call)
    {
        var arguments = call["args"]!.AsArray();
        var result = (string?)call["method"] switch
        {
            "version" => (200, new JsonObject { ["server_version"] = Version }),
            "authenticate" => (200, Keys.Contains((string)arguments[2]!) && (string?)arguments[1] == "bot" ? JsonValue.Create(5) : JsonValue.Create(false)),
            _ when !Keys.Contains((string)arguments[2]!) => (403, Error("odoo.exceptions.AccessDenied", "Access Denied")),
            _ => Execute(arguments),
        };
        return result.Item1 == 200
            ? new() { ["jsonrpc"] = "2.0", ["id"] = 1, ["result"] = result.Item2 }
            : new() { ["jsonrpc"] = "2.0", ["id"] = 1, ["error"] = new JsonObject { ["code"] = 0, ["message"] = "Odoo Server Error", ["data"] = result.Item2 } };
    }

    private (int Status, JsonNode? Body) Execute(JsonArray arguments)
    {
        var named = arguments[6]!.DeepClone().AsObject();
        if (arguments[5]!.AsArray() is [{ } ids])
        {
            named["ids"] = ids.DeepClone();
        }

        return Call((string)arguments[3]!, (string)arguments[4]!, named);
    }

    private (int Status, JsonNode? Body) Call(string model, string method, JsonObject arguments)
    {
        Calls.Enqueue($"{model}.{method}");
        lock (_models)
        {
            return method switch
            {
                "search_read" => (200, Search(model, arguments)),
                "load" => (200, Load(model, arguments)),
                "write" => Write(model, arguments),
                _ => (404, Error("werkzeug.exceptions.NotFound", $"The method '{model}.{method}' does not exist")),
            };
        }
    }

    private JsonArray Search(string model, JsonObject arguments)
    {
        var found = Model(model).Values.Where(record => arguments["domain"]!.AsArray().All(term => Matches(record, term!.AsArray())));
        if ((bool?)arguments["context"]?["active_test"] != false)
        {
            found = found.Where(record => (bool?)record["active"] != false);
        }

        var order = ((string?)arguments["order"] ?? "id asc").Split(',').Select(part => part.Trim().Split(' ')[0]).ToList();
        found = found.OrderBy(record => string.Join('|', order.Select(name => name == "id" ? ((long)record["id"]!).ToString("D9", null) : (string?)record[name])), StringComparer.Ordinal)
            .Skip((int?)arguments["offset"] ?? 0).Take((int?)arguments["limit"] ?? int.MaxValue);
        return [.. found.Select(record => record.DeepClone())];
    }

    private static bool Matches(JsonObject record, JsonArray term)
    {
        var value = record[(string)term[0]!];
        return (string)term[1]! switch
        {
            "=like" => ((string?)value)?.StartsWith(((string)term[2]!).TrimEnd('%'), StringComparison.Ordinal) == true,
            ">=" => string.CompareOrdinal((string?)value, (string)term[2]!) >= 0,
            _ => JsonNode.DeepEquals(value, term[2]),
        };
    }

    /// <summary>As captured: values are texts, x/.id takes a database id, and a mistake is told in the answer.</summary>
    private JsonObject Load(string model, JsonObject arguments)
    {
        var fields = arguments["fields"]!.AsArray().Select(field => (string)field!).ToList();
        var row = arguments["data"]![0]!.AsArray().Select(value => (string)value!).ToList();
        var values = new JsonObject();
        foreach (var (field, value) in fields.Zip(row).Skip(1))
        {
            if (field == "expected_revenue" && !decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _))
            {
                return new() { ["ids"] = false, ["messages"] = new JsonArray(new JsonObject { ["type"] = "error", ["message"] = $"'{value}' does not seem to be a number for field 'Expected Revenue'" }) };
            }

            values[field.Split('/')[0]] = field.EndsWith("/.id", StringComparison.Ordinal) ? new JsonArray(long.Parse(value, null), "Partner")
                : field == "expected_revenue" ? JsonValue.Create(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))
                : value;
        }

        if (values["email"] is { } email)
        {
            values["email_normalized"] = ((string)email!).ToLowerInvariant();
        }

        if (!_external.TryGetValue(row[0], out var id))
        {
            _external[row[0]] = id = Add(model, new() { ["active"] = true, ["stage_id"] = new JsonArray(1, "New"), ["probability"] = 20, ["company_currency"] = new JsonArray(1, "USD") });
        }

        Change(model, id, values);
        return new() { ["ids"] = new JsonArray(id), ["messages"] = new JsonArray(), ["nextrow"] = 0 };
    }

    private (int Status, JsonNode? Body) Write(string model, JsonObject arguments)
    {
        var id = (long)arguments["ids"]![0]!;
        if (!Model(model).TryGetValue(id, out var record))
        {
            return (404, Error("odoo.exceptions.MissingError", "Record does not exist or has been deleted."));
        }

        foreach (var (field, value) in arguments["vals"]!.AsObject())
        {
            var ids = record[field] is JsonArray known ? known.Select(one => long.Parse(one!.ToString(), null)).ToList() : [];
            foreach (var command in value!.AsArray())
            {
                ids.Remove((long)command![1]!);
                ids.AddRange((int)command[0]! == 4 ? [(long)command[1]!] : []);
            }

            record[field] = new JsonArray([.. ids.Select(one => JsonValue.Create(one))]);
        }

        return (200, true);
    }

    private static JsonObject Error(string name, string message) => new() { ["name"] = name, ["message"] = message, ["arguments"] = new JsonArray(message), ["context"] = new JsonObject(), ["debug"] = "Traceback with a secret" };
}
