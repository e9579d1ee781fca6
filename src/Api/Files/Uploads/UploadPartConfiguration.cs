using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Files.Uploads;

internal sealed class UploadPartConfiguration : IEntityTypeConfiguration<UploadPart>
{
    public const string Table = "upload_parts";

    public void Configure(EntityTypeBuilder<UploadPart> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(part => new { part.UploadId, part.Id }).HasName("pk_upload_parts");
    }
}
