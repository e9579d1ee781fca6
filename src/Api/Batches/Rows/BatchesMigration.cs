using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Batches.Rows;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000310_Batches")]
internal sealed class BatchesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            BatchConfiguration.Table,
            table => new
            {
                id = table.Column<string>(),
                owner = table.Column<string>(),
                kind = table.Column<string>(),
                endpoint = table.Column<string>(),
                input_file_id = table.Column<string>(nullable: true),
                completion_window = table.Column<string>(),
                state = table.Column<string>(),
                metadata = table.Column<string>(nullable: true),
                output_expires_after_seconds = table.Column<int>(nullable: true),
                created_at = table.Column<long>(),
                expires_at = table.Column<long>(),
                in_progress_at = table.Column<long>(nullable: true),
                finalizing_at = table.Column<long>(nullable: true),
                cancelling_at = table.Column<long>(nullable: true),
                ended_at = table.Column<long>(nullable: true),
                total = table.Column<int>(),
                completed = table.Column<int>(),
                failed = table.Column<int>(),
                output_file_id = table.Column<string>(nullable: true),
                error_file_id = table.Column<string>(nullable: true),
                errors = table.Column<string>(nullable: true),
                lease_owner = table.Column<string>(nullable: true),
                lease_until = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_batches", batch => batch.id));
        migrationBuilder.CreateIndex("ix_batches_owner", BatchConfiguration.Table, ["owner", "id"]);
        migrationBuilder.CreateIndex("ix_batches_state", BatchConfiguration.Table, ["state", "created_at"]);
        migrationBuilder.CreateIndex("ix_batches_ended_at", BatchConfiguration.Table, "ended_at");
        migrationBuilder.CreateTable(
            BatchResultConfiguration.Table,
            table => new
            {
                batch_id = table.Column<string>(),
                line = table.Column<int>(),
                custom_id = table.Column<string>(),
                status = table.Column<int>(),
                request_id = table.Column<string>(),
                body = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("pk_batch_results", result => new { result.batch_id, result.line }));
    }
}
