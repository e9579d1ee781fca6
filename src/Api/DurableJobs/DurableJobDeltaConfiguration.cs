using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.DurableJobs;

internal sealed class DurableJobDeltaConfiguration : IEntityTypeConfiguration<DurableJobDelta>
{
    public const string Table = "durable_job_deltas";

    public void Configure(EntityTypeBuilder<DurableJobDelta> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(delta => new { delta.JobId, delta.Sequence }).HasName("pk_durable_job_deltas");
    }
}
