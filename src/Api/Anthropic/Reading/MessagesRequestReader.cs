using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>Reads a messages request strictly: each field is honoured, known to make no difference, or refused by name.</summary>
internal static class MessagesRequestReader
{
    // Over any context and any vocabulary there is.
    private const int MostTokens = 100_000_000;
    private const int Vocabulary = 10_000_000;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static MessagesRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var prompt = PromptRequestReader.Read(fields);
        var most = fields.Integer("max_tokens", 1, MostTokens) ?? throw RequestErrors.Missing("max_tokens");
        if (prompt.Thinking.Budget >= most)
        {
            throw RequestErrors.WrongValue("max_tokens", "must be greater than 'thinking.budget_tokens': thoughts count as well.");
        }

        var request = new MessagesRequest
        {
            Prompt = prompt,
            MaxTokens = most,
            Sampling = new SamplingSettings
            {
                Temperature = fields.Number("temperature", 0, 1),
                TopP = fields.Number("top_p", 0, 1),
                TopK = fields.Integer("top_k", 0, Vocabulary),
            },
            StopSequences = StopReader.Read(fields, "stop_sequences"),
            Stream = fields.Flag("stream") ?? false,
        };
        PassiveFields.CheckMetadata(fields);
        fields.RefuseOthers();
        return request;
    }
}
