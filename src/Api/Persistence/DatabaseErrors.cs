using System.Net.Sockets;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>What the drivers throw when the database is away or refuses, and what that means to whoever runs this.</summary>
internal static class DatabaseErrors
{
    // A server that restarts: seconds.
    private const int RetryAfterSeconds = 5;

    /// <summary>Whether the database, or the way to it, is lost for now: the same may succeed later.</summary>
    public static bool IsLoss(Exception e) => Chain(e).Any(inner => inner switch
    {
        DatabaseUnavailableException => true,
        PostgresException postgres => postgres.IsTransient || IsLoss(postgres.SqlState),
        NpgsqlException npgsql => npgsql.IsTransient || npgsql.InnerException is SocketException or IOException or TimeoutException,
        SqliteException sqlite => IsLoss(sqlite.SqliteErrorCode),
        _ => false,
    });

    /// <summary>Whether it is about the database at all.</summary>
    public static bool IsOfDatabase(Exception e) => Chain(e).Any(inner => inner is NpgsqlException or SqliteException or DbUpdateException);

    /// <summary>What a caller is told.</summary>
    public static ApiError ToApiError() =>
        new(503, ApiErrorTypes.Server, "database_unavailable", "The server's database cannot be reached now. Send the request again later.", RetryAfterSeconds: RetryAfterSeconds);

    /// <summary>One sentence with what happened, where, and what to do next; never with a secret.</summary>
    public static string Describe(Exception e, DatabaseOptions options)
    {
        var reason = Reason(e);
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            return $"The database file {Path.GetFullPath(options.File)} cannot be used ({reason}): check Database:File, the permissions of its folder and the room on its disk.";
        }

        var parsed = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var where = $"PostgreSQL at {parsed.Host}:{parsed.Port}";
        return Chain(e).OfType<PostgresException>().FirstOrDefault()?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"{where} refused the user '{parsed.Username}': check Username and Password in Database:ConnectionString.",
            PostgresErrorCodes.InvalidCatalogName => $"{where} has no database '{parsed.Database}': create it, or check Database:ConnectionString.",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"{where} does not let the user '{parsed.Username}' make tables in '{parsed.Database}' ({reason}): grant it CREATE on its schema.",
            _ => $"{where}, database '{parsed.Database}', cannot be used ({reason}): start it, or check Database:ConnectionString.",
        };
    }

    private static bool IsLoss(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) || state is PostgresErrorCodes.TooManyConnections;

    // sqlite3.h: SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private static bool IsLoss(int code) => code is 5 or 6 or 8 or 10 or 13 or 14;

    private static string Reason(Exception e) => Chain(e).Last().Message.TrimEnd('.').Replace('\n', ' ');

    private static IEnumerable<Exception> Chain(Exception e)
    {
        for (var current = e; current is not null; current = current.InnerException)
        {
            yield return current;
        }
    }
}
