using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Responses.Storage;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000200_Responses")]
internal sealed class ResponsesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            StoredResponseConfiguration.Table,
            table => new
            {
                id = table.Column<Guid>(),
                owner = table.Column<string>(),
                previous_id = table.Column<Guid>(nullable: true),
                input = table.Column<string>(),
                output = table.Column<string>(),
                body = table.Column<string>(),
                created_at = table.Column<long>(),
                expires_at = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_responses", response => response.id));
        migrationBuilder.CreateIndex("ix_responses_expires_at", StoredResponseConfiguration.Table, "expires_at");
    }
}
