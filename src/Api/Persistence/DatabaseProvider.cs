namespace LocalAI.Pipeline.Api.Persistence;

/// <summary>What holds the rows.</summary>
internal enum DatabaseProvider
{
    /// <summary>One file: for one API process, or several on one machine.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server that every API instance reaches.</summary>
    PostgreSql,
}
