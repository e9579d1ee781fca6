using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.DurableJobs;

internal sealed class DurableJobConfiguration : IEntityTypeConfiguration<DurableJob>
{
    public const string Table = "durable_jobs";

    public void Configure(EntityTypeBuilder<DurableJob> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(job => job.Id).HasName("pk_durable_jobs");
        builder.Property(job => job.Id).ValueGeneratedNever();
        builder.Property(job => job.State).HasConversion<string>();
        builder.Property(job => job.Lane).HasConversion<string>();
        builder.Ignore(job => job.HasEnded);

        // The reconciler looks for what has not ended, and for what is over its time.
        builder.HasIndex(job => new { job.State, job.CreatedAt }).HasDatabaseName("ix_durable_jobs_state");
        builder.HasIndex(job => job.ExpiresAt).HasDatabaseName("ix_durable_jobs_expires_at");
    }
}
