using System.Text;
using LocalAI.Pipeline.Api.Persistence;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.EntityFrameworkCore;

namespace LocalAI.Pipeline.Api.DurableJobs;

/// <summary>The event log of durable jobs, keyed (job, sequence).</summary>
internal static class DeltaLog
{
    // SQLite takes 32,766 parameters and PostgreSQL 65,535; past some hundred rows a statement gains nothing.
    private const int RowsPerStatement = 300;

    /// <summary>Adds deltas; one that is there already stays as it is.</summary>
    public static async Task AppendAsync(PipelineDatabase database, IEnumerable<(Guid Job, GenerationDelta Delta)> deltas, CancellationToken cancellationToken)
    {
        foreach (var rows in deltas.Chunk(RowsPerStatement))
        {
            var sql = new StringBuilder($"INSERT INTO {DurableJobDeltaConfiguration.Table} (job_id, sequence, delta) VALUES ");
            var values = new object[rows.Length * 3];
            for (var row = 0; row < rows.Length; row++)
            {
                var (at, (job, delta)) = (row * 3, rows[row]);
                (values[at], values[at + 1], values[at + 2]) = (job, delta.Sequence, StoredDeltaCodec.Write(delta));
                sql.Append(row == 0 ? "(" : ", (").Append('{').Append(at).Append("}, {").Append(at + 1).Append("}, {").Append(at + 2).Append("})");
            }

            sql.Append(" ON CONFLICT DO NOTHING");
            await database.Database.ExecuteSqlRawAsync(sql.ToString(), values, cancellationToken);
        }
    }

    /// <summary>The deltas from a number on without a gap; what lies behind one is not seen.</summary>
    public static async Task<List<GenerationDelta>> ReadAsync(PipelineDatabase database, Guid job, long from, int most, CancellationToken cancellationToken)
    {
        var rows = await database.Set<DurableJobDelta>().AsNoTracking()
            .Where(delta => delta.JobId == job && delta.Sequence >= from)
            .OrderBy(delta => delta.Sequence).Take(most).Select(delta => delta.Delta)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(bytes => StoredDeltaCodec.Read(bytes)).TakeWhile((delta, index) => delta.Sequence == from + index)];
    }

    /// <summary>Removes what lies behind a gap, before an attempt goes on from it.</summary>
    public static Task CutAsync(PipelineDatabase database, Guid job, long from, CancellationToken cancellationToken) =>
        database.Set<DurableJobDelta>().Where(delta => delta.JobId == job && delta.Sequence >= from).ExecuteDeleteAsync(cancellationToken);
}
