using LocalAI.Pipeline.Api.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LocalAI.Pipeline.Api.Conversations;

[DbContext(typeof(PipelineDatabase))]
[Migration("20261127000210_Conversations")]
internal sealed class ConversationsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            ConversationConfiguration.Table,
            table => new
            {
                id = table.Column<Guid>(),
                owner = table.Column<string>(),
                metadata = table.Column<string>(),
                next_place = table.Column<int>(),
                created_at = table.Column<long>(),
            },
            constraints: table => table.PrimaryKey("pk_conversations", conversation => conversation.id));
        migrationBuilder.CreateTable(
            ConversationItemConfiguration.Table,
            table => new
            {
                conversation_id = table.Column<Guid>(),
                place = table.Column<int>(),
                item_id = table.Column<string>(),
                item = table.Column<string>(),
            },
            constraints: table => table.PrimaryKey("pk_conversation_items", item => new { item.conversation_id, item.place }));
    }
}
