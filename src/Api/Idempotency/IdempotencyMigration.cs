using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Idempotency;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000320_Idempotency")]
internal sealed class IdempotencyMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            IdempotentRequestConfiguration.Table,
            table => new
            {
                owner = table.Column<string>(),
                key = table.Column<string>(),
                fingerprint = table.Column<string>(),
                run = table.Column<string>(),
                lease_until = table.Column<long>(),
                expires_at = table.Column<long>(),
                status = table.Column<int>(nullable: true),
                content_type = table.Column<string>(nullable: true),
                body = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_idempotent_requests", request => new { request.owner, request.key }));
        migrationBuilder.CreateIndex("ix_idempotent_requests_expires_at", IdempotentRequestConfiguration.Table, "expires_at");
    }
}
