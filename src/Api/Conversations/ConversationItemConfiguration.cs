using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Conversations;

internal sealed class ConversationItemConfiguration : IEntityTypeConfiguration<ConversationItem>
{
    public const string Table = "conversation_items";

    public void Configure(EntityTypeBuilder<ConversationItem> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(item => new { item.ConversationId, item.Place }).HasName("pk_conversation_items");
    }
}
