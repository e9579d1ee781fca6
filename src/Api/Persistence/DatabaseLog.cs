namespace LocalAI.Pipeline.Api.Persistence;

internal static partial class DatabaseLog
{
    [LoggerMessage(1, LogLevel.Information, "The database is brought to this release: {Migrations}")]
    public static partial void Migrating(this ILogger logger, string migrations);

    [LoggerMessage(2, LogLevel.Warning, "Waiting for the database: {Problem}")]
    public static partial void Waiting(this ILogger logger, string problem);
}
