using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LocalAI.Pipeline.Api.Conversations;

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public const string Table = "conversations";

    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(conversation => conversation.Id).HasName("pk_conversations");
        builder.Property(conversation => conversation.Id).ValueGeneratedNever();
    }
}
