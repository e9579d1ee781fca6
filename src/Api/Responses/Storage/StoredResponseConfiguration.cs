using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Responses.Storage;

internal sealed class StoredResponseConfiguration : IEntityTypeConfiguration<StoredResponse>
{
    public const string Table = "responses";

    public void Configure(EntityTypeBuilder<StoredResponse> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(response => response.Id).HasName("pk_responses");
        builder.Property(response => response.Id).ValueGeneratedNever();

        // Expiry looks for what is over its time.
        builder.HasIndex(response => response.ExpiresAt).HasDatabaseName("ix_responses_expires_at");
    }
}
