using System.Text.Json;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>What is told of conversations.</summary>
internal static class ConversationJson
{
    public static void Write(Utf8JsonWriter json, Conversation conversation)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, ConversationIds.Of(conversation.Id));
        json.WriteString("object"u8, "conversation"u8);
        json.WriteNumber("created_at"u8, conversation.CreatedAt.ToUnixTimeSeconds());
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(conversation.Metadata, skipInputValidation: true);
        json.WriteEndObject();
    }

    public static void WriteDeleted(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "conversation.deleted"u8);
        json.WriteBoolean("deleted"u8, true);
        json.WriteEndObject();
    }
}
