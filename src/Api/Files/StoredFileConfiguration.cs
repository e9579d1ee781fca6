using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Files;

internal sealed class StoredFileConfiguration : IEntityTypeConfiguration<StoredFile>
{
    public const string Table = "files";

    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(file => file.Id).HasName("pk_files");

        // A list is of one owner, in the order of the ids, which is that of time.
        builder.HasIndex(file => new { file.Owner, file.Id }).HasDatabaseName("ix_files_owner");
        builder.HasIndex(file => file.ExpiresAt).HasDatabaseName("ix_files_expires_at");
    }
}
