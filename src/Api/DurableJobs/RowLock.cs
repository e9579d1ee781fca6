using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>
/// Holds the rows of jobs until the transaction ends, so that an attempt cannot be opened or a job be ended between the
/// look at its row and what is written to its log. SQLite's transactions hold the whole file from their beginning.
/// </summary>
internal static class RowLock
{
    // In one order everywhere, so that two transactions never wait for each other.
    private const string Statement = $"SELECT 1 FROM {DurableJobConfiguration.Table} WHERE id = ANY({{0}}) ORDER BY id FOR NO KEY UPDATE";

    public static async Task TakeAsync(PipelineDatabase database, Guid[] jobs, CancellationToken cancellationToken)
    {
        if (database.Database.IsNpgsql())
        {
            await database.Database.ExecuteSqlRawAsync(Statement, [jobs], cancellationToken);
        }
    }
}
