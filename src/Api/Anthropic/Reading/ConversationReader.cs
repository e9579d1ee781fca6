using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary><c>system</c> and <c>messages</c>.</summary>
internal static class ConversationReader
{
    // Anthropic's bound.
    private const int MaxMessages = 100_000;

    public static IReadOnlyList<ChatMessage> Read(FieldReader fields)
    {
        var conversation = new ConversationBuilder();
        if (TextBlocks.Read(fields, "system") is { Length: > 0 } system)
        {
            conversation.AddText(ChatRole.System, system);
        }

        var items = fields.Items("messages", MaxMessages) ?? throw RequestErrors.Missing("messages");
        foreach (var (path, value) in items)
        {
            Add(new FieldReader(value, path), conversation);
        }

        var messages = items.Count > 0 ? conversation.Build() : throw RequestErrors.WrongValue("messages", "is empty.");
        return messages[^1] is { Role: ChatRole.Assistant, ToolCalls: not null }
            ? throw RequestErrors.WrongValue(items[^1].Path, "ends in a 'tool_use' that no 'tool_result' answers.")
            : messages;
    }

    private static void Add(FieldReader message, ConversationBuilder conversation)
    {
        var role = message.RequiredText("role");
        switch (role)
        {
            case "user":
                UserBlocks.Read(message, conversation);
                break;
            case "assistant":
                AssistantBlocks.Read(message, conversation);
                break;
            case "system":
                conversation.AddText(ChatRole.System, TextBlocks.Read(message, "content") ?? throw RequestErrors.Missing(message.PathOf("content")));
                break;
            default:
                throw RequestErrors.WrongValue(message.PathOf("role"), $"is '{Shown.Short(role)}', but must be 'user', 'assistant' or 'system'.");
        }

        message.RefuseOthers();
    }
}
