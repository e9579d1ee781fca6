using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>Where what was accepted is kept.</summary>
internal sealed class DatabaseOptions : IValidatableObject
{
    public const string SectionName = "Database";

    /// <summary>SQLite for one process, PostgreSQL for several.</summary>
    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>The file of SQLite; its folder is made where it is missing, and two further files of SQLite's live beside it.</summary>
    [Required]
    public string File { get; set; } = Path.Combine("data", "pipeline.db");

    /// <summary>Npgsql's connection string: <c>Host=...;Database=...;Username=...;Password=...</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How long a process waits for the database at its start: containers of one deployment start together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one command may take, and how long SQLite waits for another writer: the statements here are short, so that more is a database in trouble.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != DatabaseProvider.PostgreSql)
        {
            yield break;
        }

        // The text is never repeated: it holds a password.
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new ValidationResult("is needed for PostgreSQL: Host=...;Database=...;Username=...;Password=...", [nameof(ConnectionString)]);
        }
        else if (!TryParse(ConnectionString, out var parsed))
        {
            yield return new ValidationResult("is not a connection string of PostgreSQL: Host=...;Database=...;Username=...;Password=...", [nameof(ConnectionString)]);
        }
        else if (string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database))
        {
            yield return new ValidationResult("must name Host and Database", [nameof(ConnectionString)]);
        }
    }

    private static bool TryParse(string text, out NpgsqlConnectionStringBuilder parsed)
    {
        try
        {
            parsed = new NpgsqlConnectionStringBuilder(text);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            parsed = [];
            return false;
        }
    }
}
