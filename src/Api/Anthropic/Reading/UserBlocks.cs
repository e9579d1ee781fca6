using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>A user's content: texts, and what the tools that were called gave.</summary>
internal static class UserBlocks
{
    private const int LongestName = 256;

    public static void Read(FieldReader message, ConversationBuilder conversation)
    {
        var blocks = 0;
        var isThere = BlockReader.TryRead(message, "content", text => Say(text), (type, block) =>
        {
            switch (type)
            {
                case "text":
                    Say(BlockReader.Text(block));
                    break;
                case "tool_result":
                    blocks++;
                    AddResult(block, conversation);
                    break;
                default:
                    throw BlockReader.Refused(type, block, "'text' or 'tool_result'");
            }
        });
        if (!isThere)
        {
            throw RequestErrors.Missing(message.PathOf("content"));
        }

        if (blocks == 0)
        {
            throw RequestErrors.WrongValue(message.PathOf("content"), "is an empty array.");
        }

        void Say(string text)
        {
            blocks++;
            conversation.AddText(ChatRole.User, text);
        }
    }

    private static void AddResult(FieldReader block, ConversationBuilder conversation)
    {
        var id = block.RequiredText("tool_use_id", LongestName);
        var content = TextBlocks.Read(block, "content") ?? "";
        // Templates have no place for it, so the model reads it.
        var isError = block.Flag("is_error") ?? false;
        if (!conversation.TryAddResult(id, isError ? $"Error: {content}" : content))
        {
            throw RequestErrors.WrongValue(block.PathOf("tool_use_id"), $"is '{Shown.Short(id)}', which is the id of no 'tool_use' before it.");
        }
    }
}
