using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Idempotency;

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public const string Table = "idempotent_requests";

    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(request => new { request.Owner, request.Key }).HasName("pk_idempotent_requests");
        builder.HasIndex(request => request.ExpiresAt).HasDatabaseName("ix_idempotent_requests_expires_at");
    }
}
