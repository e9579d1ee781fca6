using LocalAI.Pipeline.Api.Files.Uploads;
using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Files;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000300_Files")]
internal sealed class FilesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            StoredFileConfiguration.Table,
            table => new
            {
                id = table.Column<string>(),
                owner = table.Column<string>(),
                filename = table.Column<string>(),
                purpose = table.Column<string>(),
                bytes = table.Column<long>(),
                sha256 = table.Column<string>(),
                created_at = table.Column<long>(),
                expires_at = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_files", file => file.id));
        migrationBuilder.CreateIndex("ix_files_owner", StoredFileConfiguration.Table, ["owner", "id"]);
        migrationBuilder.CreateIndex("ix_files_expires_at", StoredFileConfiguration.Table, "expires_at");
        migrationBuilder.CreateTable(
            UploadConfiguration.Table,
            table => new
            {
                id = table.Column<string>(),
                owner = table.Column<string>(),
                filename = table.Column<string>(),
                purpose = table.Column<string>(),
                mime_type = table.Column<string>(),
                bytes = table.Column<long>(),
                state = table.Column<string>(),
                created_at = table.Column<long>(),
                expires_at = table.Column<long>(),
                file_expires_after_seconds = table.Column<int>(nullable: true),
                file_id = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_uploads", upload => upload.id));
        migrationBuilder.CreateIndex("ix_uploads_expires_at", UploadConfiguration.Table, "expires_at");
        migrationBuilder.CreateTable(
            UploadPartConfiguration.Table,
            table => new
            {
                id = table.Column<string>(),
                upload_id = table.Column<string>(),
                bytes = table.Column<long>(),
                created_at = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_upload_parts", part => new { part.upload_id, part.id }));
    }
}
