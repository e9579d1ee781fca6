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

    // OpenAI's bound for what it takes longest.
    private const int LongestIdentifier = 512;

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
            Passive = Passive(fields),
        };
        fields.RefuseOthers();
        return request;
    }

    private static PassiveSettings Passive(FieldReader fields) => new()
    {
        User = fields.Text("user", LongestIdentifier),
        SafetyIdentifier = fields.Text("safety_identifier", LongestIdentifier),
        PromptCacheKey = fields.Text("prompt_cache_key", LongestIdentifier),
        PromptCacheRetention = fields.Text("prompt_cache_retention", LongestIdentifier),
    };

    private static void RefuseWhatIsNotThere(FieldReader fields)
    {
        foreach (var (name, reason) in Refused)
        {
            if (fields.Take(name) is not null)
            {
                throw RequestErrors.Unsupported(name, reason);
            }
        }

        foreach (var name in (string[])["background", "store"])
        {
            if (fields.Flag(name) == true)
            {
                throw RequestErrors.Unsupported(name, "responses are not stored; leave it out or send false.");
            }
        }

        foreach (var name in (string[])["previous_response_id", "conversation"])
        {
            if (fields.Take(name) is not null)
            {
                throw RequestErrors.Unsupported(name, "responses are not stored; send the whole conversation as 'input'.");
            }
        }
    }
}
