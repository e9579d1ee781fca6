using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>What decides what the model reads.</summary>
internal static class PromptReader
{
    public static ResponsePrompt Read(FieldReader fields)
    {
        var tools = ResponseToolsReader.Read(fields);
        var parallel = fields.Flag("parallel_tool_calls") ?? true;
        var (choice, choiceShown) = ResponseToolChoiceReader.Read(fields, tools, parallel);
        var (output, formatShown) = TextSettingsReader.Read(fields);
        var previous = Previous(fields);
        var conversation = ConversationReader.Read(fields);
        if (previous is not null && conversation is not null)
        {
            throw RequestErrors.WrongValue(fields.PathOf("conversation"), "cannot be together with 'previous_response_id': send one of them.");
        }

        return new ResponsePrompt
        {
            Model = ModelNameReader.Read(fields),
            Input = InputReader.Read(fields) ?? ((previous ?? conversation) is null ? throw RequestErrors.Missing(fields.PathOf("input")) : []),
            PreviousId = previous,
            ConversationId = conversation,
            Instructions = fields.Text("instructions"),
            Tools = tools,
            ToolChoice = choice,
            ToolChoiceShown = choiceShown,
            ParallelToolCalls = parallel,
            Reasoning = ReasoningReader.Read(fields),
            Output = output,
            FormatShown = formatShown,
            Truncates = Truncates(fields),
        };
    }

    /// <summary>The body of <c>input_tokens</c>, which is a prompt alone.</summary>
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ResponsePrompt ReadAlone(System.Text.Json.JsonElement root)
    {
        var fields = new FieldReader(root);
        var prompt = Read(fields);
        if (fields.Take("personality") is not null)
        {
            throw RequestErrors.Unsupported("personality", "say it in the instructions.");
        }

        fields.RefuseOthers();
        return prompt;
    }

    private static Guid? Previous(FieldReader fields) =>
        fields.Text("previous_response_id") switch
        {
            null => null,
            var id => ResponseIds.TryRead(id, out var job) ? job : throw ResponseIds.PreviousNotFound(id),
        };

    private static bool Truncates(FieldReader fields) => fields.Text("truncation") switch
    {
        null or "disabled" => false,
        "auto" => true,
        _ => throw RequestErrors.WrongValue(fields.PathOf("truncation"), "must be 'auto' or 'disabled'."),
    };
}
