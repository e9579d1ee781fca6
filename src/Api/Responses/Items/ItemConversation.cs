using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>Neutral messages from items.</summary>
internal static class ItemConversation
{
    // Tells the model what it reads, because the chat template knows no such turn.
    private const string CompactionHeading = "Summary of the conversation so far:";

    /// <param name="instructions">They come first, if there are some.</param>
    /// <exception cref="ApiException">An output belongs to no call, or a sealed text is none of ours.</exception>
    public static IReadOnlyList<ChatMessage> Build(string? instructions, IEnumerable<ResponseItem> items)
    {
        var conversation = new ConversationBuilder();
        if (!string.IsNullOrEmpty(instructions))
        {
            conversation.AddText(ChatRole.System, instructions);
        }

        foreach (var item in items)
        {
            Add(conversation, item);
        }

        return conversation.Build();
    }

    private static void Add(ConversationBuilder conversation, ResponseItem item)
    {
        switch (item)
        {
            case MessageItem message:
                // Even without a part it is a turn.
                conversation.Begin(Role(message.Role));
                foreach (var part in message.Content)
                {
                    conversation.AddText(Role(message.Role), part.Text);
                }

                break;
            case CallItem call:
                // Ids of two responses may be alike: the later call is the one that is answered.
                _ = conversation.TryAddCall(new ToolCall { Id = call.CallId, Name = call.Name, Arguments = call.Arguments });
                break;
            case CallOutputItem output when !conversation.TryAddResult(output.CallId, output.Output):
                throw RequestErrors.WrongValue(PathOf(item, "call_id"), $"is '{Shown.Short(output.CallId)}', but no function call with this id comes before it.");
            case ReasoningItem reasoning when Thought(reasoning) is { Length: > 0 } thought:
                conversation.AddThought(thought);
                break;
            case CompactionItem compaction:
                conversation.AddText(ChatRole.System, $"{CompactionHeading}\n{Opened(item, compaction.EncryptedContent)}");
                break;
            default:
                break;
        }
    }

    private static string Thought(ReasoningItem reasoning) =>
        reasoning.Content.Count > 0 ? string.Join('\n', reasoning.Content.Select(part => part.Text))
        : reasoning.EncryptedContent is { } content ? Opened(reasoning, content)
        : string.Join('\n', reasoning.Summary.Select(part => part.Text));

    private static string Opened(ResponseItem item, string content) => SealedText.Open(content)
        ?? throw RequestErrors.Create("invalid_encrypted_content", $"'{PathOf(item, "encrypted_content")}' was not made here: leave it out.", PathOf(item, "encrypted_content"));

    private static string PathOf(ResponseItem item, string field) => item.Path.Length == 0 ? field : $"{item.Path}.{field}";

    private static ChatRole Role(string role) => role switch
    {
        "assistant" => ChatRole.Assistant,
        "user" => ChatRole.User,
        _ => ChatRole.System,
    };
}
