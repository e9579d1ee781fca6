using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>An assistant's content: texts, thoughts and calls, as its answers have them.</summary>
internal static class AssistantBlocks
{
    private const int LongestName = 256;

    public static void Read(FieldReader message, ConversationBuilder conversation)
    {
        // Even without a block it is a turn: Anthropic takes an empty one at the end.
        conversation.Begin(ChatRole.Assistant);
        var isThere = BlockReader.TryRead(message, "content", text => conversation.AddText(ChatRole.Assistant, text), (type, block) =>
        {
            switch (type)
            {
                case "text":
                    conversation.AddText(ChatRole.Assistant, BlockReader.Text(block));
                    break;
                case "thinking":
                    _ = block.Text("signature");
                    conversation.AddThought(block.RequiredText("thinking"));
                    break;
                case "redacted_thinking":
                    // Only who encrypted it can read it.
                    _ = block.RequiredText("data");
                    break;
                case "tool_use":
                    AddCall(block, conversation);
                    break;
                default:
                    throw BlockReader.Refused(type, block, "'text', 'thinking', 'redacted_thinking' or 'tool_use'");
            }
        });
        if (!isThere)
        {
            throw RequestErrors.Missing(message.PathOf("content"));
        }
    }

    private static void AddCall(FieldReader block, ConversationBuilder conversation)
    {
        CheckCaller(block);
        var call = new ToolCall
        {
            Id = block.RequiredText("id", LongestName),
            Name = block.RequiredText("name", LongestName),
            Arguments = block.Take("input") switch
            {
                null => throw RequestErrors.Missing(block.PathOf("input")),
                { ValueKind: JsonValueKind.Object } input => input.GetRawText(),
                { } other => throw RequestErrors.WrongType(block.PathOf("input"), "an object", FieldReader.Kind(other)),
            },
        };
        if (!conversation.TryAddCall(call))
        {
            throw RequestErrors.WrongValue(block.PathOf("id"), $"is '{Shown.Short(call.Id)}', which another 'tool_use' has already.");
        }
    }

    private static void CheckCaller(FieldReader block)
    {
        if (block.Object("caller") is not { } caller)
        {
            return;
        }

        if (caller.RequiredText("type") != "direct")
        {
            throw RequestErrors.Unsupported(caller.PathOf("type"), "only the model itself calls tools here ('direct').");
        }

        caller.RefuseOthers();
    }
}
