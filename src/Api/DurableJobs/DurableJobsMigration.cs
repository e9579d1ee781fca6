using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.DurableJobs;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000100_DurableJobs")]
internal sealed class DurableJobsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            DurableJobConfiguration.Table,
            table => new
            {
                id = table.Column<Guid>(),
                owner = table.Column<string>(),
                kind = table.Column<string>(),
                model = table.Column<string>(),
                lane = table.Column<string>(),
                state = table.Column<string>(),
                command = table.Column<string>(),
                request = table.Column<string>(),
                result = table.Column<string>(nullable: true),
                attempt = table.Column<int>(),
                worker = table.Column<string>(nullable: true),
                last_sequence = table.Column<long>(nullable: true),
                created_at = table.Column<long>(),
                sent_at = table.Column<long>(nullable: true),
                started_at = table.Column<long>(nullable: true),
                last_sign_at = table.Column<long>(nullable: true),
                finished_at = table.Column<long>(nullable: true),
                start_before = table.Column<long>(),
                expires_at = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_durable_jobs", job => job.id));
        migrationBuilder.CreateIndex("ix_durable_jobs_state", DurableJobConfiguration.Table, ["state", "created_at"]);
        migrationBuilder.CreateIndex("ix_durable_jobs_expires_at", DurableJobConfiguration.Table, "expires_at");
        migrationBuilder.CreateTable(
            DurableJobDeltaConfiguration.Table,
            table => new
            {
                job_id = table.Column<Guid>(),
                sequence = table.Column<long>(),
                delta = table.Column<byte[]>(),
            },
            constraints: table => table.PrimaryKey("pk_durable_job_deltas", delta => new { delta.job_id, delta.sequence }));
    }
}
