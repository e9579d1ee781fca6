using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Batches.Rows;

internal sealed class BatchResultConfiguration : IEntityTypeConfiguration<BatchResult>
{
    public const string Table = "batch_results";

    public void Configure(EntityTypeBuilder<BatchResult> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(result => new { result.BatchId, result.Line }).HasName("pk_batch_results");
        builder.Property(result => result.Line).ValueGeneratedNever();
        builder.Ignore(result => result.IsSuccess);
    }
}
