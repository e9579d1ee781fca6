using System.Text.Json;
using LocalAI.Pipeline.Api.Conversations;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>conversation</c>: its id, or an object with it.</summary>
internal static class ConversationReader
{
    public static Guid? Read(FieldReader fields)
    {
        if (fields.Peek("conversation") is { ValueKind: JsonValueKind.String })
        {
            return ConversationIds.Read(fields.Text("conversation")!, fields.PathOf("conversation"));
        }

        if (fields.Object("conversation") is not { } conversation)
        {
            return null;
        }

        var id = ConversationIds.Read(conversation.RequiredText("id"), conversation.PathOf("id"));
        conversation.RefuseOthers();
        return id;
    }
}
