using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Files.Uploads;

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public const string Table = "uploads";

    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(upload => upload.Id).HasName("pk_uploads");
        builder.Property(upload => upload.State).HasConversion<string>();
        builder.HasIndex(upload => upload.ExpiresAt).HasDatabaseName("ix_uploads_expires_at");
    }
}
