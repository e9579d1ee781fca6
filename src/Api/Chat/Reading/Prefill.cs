using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>
/// Whether the last message is continued: where it is the assistant's it is, as in llama.cpp's server, unless the request
/// says otherwise in vLLM's words.
/// </summary>
internal static class Prefill
{
    public static bool Read(FieldReader fields, IReadOnlyList<ChatMessage> messages)
    {
        var isPossible = messages[^1] is { Role: ChatRole.Assistant, ToolCalls: null };
        var wanted = fields.Flag("continue_final_message");
        var prompt = fields.Flag("add_generation_prompt");
        if (wanted == true && !isPossible)
        {
            throw RequestErrors.WrongValue("continue_final_message", "needs an assistant's message without tool calls at the end.");
        }

        if (wanted == true && prompt == true)
        {
            throw RequestErrors.WrongValue("add_generation_prompt", "and 'continue_final_message' cannot both be true.");
        }

        var continues = wanted ?? (isPossible && prompt != true);
        return prompt == false && !continues
            ? throw RequestErrors.Unsupported("add_generation_prompt", "without it only an assistant's last message can be continued.")
            : continues;
    }
}
