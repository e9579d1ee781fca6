using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>Reads a request for a response strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class ResponseRequestReader
{
    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;
    private const int MostCalls = 10_000;
    private const int MaxTopLogprobs = 20;

    private static readonly (string Name, string Reason)[] Refused =
    [
        ("prompt", "there are no stored prompts; send the instructions and the input."),
        ("context_management", "send what POST /v1/responses/compact gives instead."),
        ("moderation", "there is no moderation."),
        ("image", "answers are text."),
        ("access_programs", "there are none."),
        ("prompt_cache_options", "whatever a prompt begins with is reused anyway."),
    ];

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ResponseRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        RefuseWhatIsNotThere(fields);
        var stream = fields.Flag("stream") ?? false;
        var includes = IncludeReader.Read(fields);
        var top = fields.Integer("top_logprobs", 0, MaxTopLogprobs) ?? 0;
        _ = StreamOptionsReader.IncludeUsage(fields, stream);
        var request = new ResponseRequest
        {
            Prompt = PromptReader.Read(fields),
            Sampling = SamplingReader.Read(fields),
            Stream = stream,
            Lane = ServiceTierReader.Read(fields),
            MaxOutputTokens = fields.Integer("max_output_tokens", 1, MostTokens),
            MaxToolCalls = fields.Integer("max_tool_calls", 1, MostCalls),
            Logprobs = top > 0 || includes.Contains(IncludeReader.Logprobs),
            TopLogprobs = top,
            IncludesSealedReasoning = includes.Contains(IncludeReader.SealedReasoning),
            Metadata = MetadataReader.Read(fields),
            Passive = PassiveSettingsReader.Read(fields),
            Store = fields.Flag("store") ?? true,
            Background = fields.Flag("background") ?? false,
        };
        CheckBackground(request);
        fields.RefuseOthers();
        return request;
    }

    private static void CheckBackground(ResponseRequest request)
    {
        if (request is { Background: true, Store: false })
        {
            throw RequestErrors.Unsupported("background", "what is made in the background is asked for later, so it needs 'store'.");
        }

        if (request is { Background: true, Prompt.ConversationId: not null })
        {
            throw RequestErrors.Unsupported("background", "a conversation grows by responses that somebody waits for; use 'previous_response_id'.");
        }
    }

    private static void RefuseWhatIsNotThere(FieldReader fields)
    {
        foreach (var (name, reason) in Refused)
        {
            if (fields.Take(name) is not null)
            {
                throw RequestErrors.Unsupported(name, reason);
            }
        }

    }
}
