using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Batches.Rows;

internal sealed class BatchConfiguration : IEntityTypeConfiguration<Batch>
{
    public const string Table = "batches";

    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(batch => batch.Id).HasName("pk_batches");
        builder.Property(batch => batch.Kind).HasConversion<string>();
        builder.Property(batch => batch.State).HasConversion<string>();
        builder.Ignore(batch => batch.HasEnded);

        builder.HasIndex(batch => new { batch.Owner, batch.Id }).HasDatabaseName("ix_batches_owner");
        // Whoever looks for work looks for what has not ended, the oldest first.
        builder.HasIndex(batch => new { batch.State, batch.CreatedAt }).HasDatabaseName("ix_batches_state");
        builder.HasIndex(batch => batch.EndedAt).HasDatabaseName("ix_batches_ended_at");
    }
}
