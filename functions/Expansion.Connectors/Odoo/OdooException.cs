namespace Expansion.Connectors.Odoo;

internal enum OdooFault
{
    /// <summary>The server isn't there, or is busy: trying again may help.</summary>
    Transient,

    /// <summary>No key is accepted: trying again helps once somebody has put in a new one.</summary>
    Unauthorized,

    /// <summary>The user may not do that.</summary>
    Forbidden,

    /// <summary>The record is gone.</summary>
    Missing,

    /// <summary>What was asked is wrong, and stays wrong.</summary>
    Invalid,
}

/// <summary>What Odoo, or the way there, said no with. The message holds Odoo's own words, never its traceback.</summary>
internal sealed class OdooException(OdooFault fault, string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    private const int MaxMessage = 500;

    public OdooFault Fault { get; } = fault;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>By the error's name and words: Odoo answers a wrong field with 500, and JSON-RPC everything with 200.</summary>
    public static OdooException Of(string name, string message)
    {
        var fault = name switch
        {
            _ when IsConflict(name, message) => OdooFault.Transient,
            "werkzeug.exceptions.Unauthorized" or "odoo.exceptions.AccessDenied" or "odoo.http.SessionExpiredException" => OdooFault.Unauthorized,
            "odoo.exceptions.AccessError" or "werkzeug.exceptions.Forbidden" => OdooFault.Forbidden,
            "odoo.exceptions.MissingError" => OdooFault.Missing,
            "werkzeug.exceptions.TooManyRequests" or "werkzeug.exceptions.ServiceUnavailable" or "werkzeug.exceptions.BadGateway" or "werkzeug.exceptions.GatewayTimeout" => OdooFault.Transient,
            _ => OdooFault.Invalid,
        };
        return new(fault, $"Odoo says: {message.Trim().ReplaceLineEndings(" ")[..Math.Min(message.Trim().ReplaceLineEndings(" ").Length, MaxMessage)]} ({name})");
    }

    /// <summary>Two wrote at once, or the database is restarting.</summary>
    public static bool IsConflict(string name, string message) =>
        name.StartsWith("psycopg2.", StringComparison.Ordinal) && !name.EndsWith("IntegrityError", StringComparison.Ordinal) && !name.Contains("Violation", StringComparison.Ordinal)
        || message.Contains("could not serialize access", StringComparison.Ordinal)
        || message.Contains("deadlock detected", StringComparison.Ordinal)
        || message.Contains("could not obtain lock", StringComparison.Ordinal);
}
