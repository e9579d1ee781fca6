using System.Text.Json;
using LocalAI.Pipeline.Api.Adapters;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.LlamaCpp.Reading;

/// <summary>Reads a completion strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class LlamaCompletionReader
{
    private const int MaxChoices = 16;

    // Each is a job of its own: half of the line that may wait for a model by default.
    private const int MaxJobs = 128;

    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;
    private const int MostProbabilities = 100;
    private const int MaxResponseFields = 64;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static LlamaCompletionRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        return Read(fields, LlamaPromptReader.Read(fields, MaxJobs), null);
    }

    public static LlamaCompletionRequest Read(FieldReader fields, IReadOnlyList<LlamaPrompt> prompts, LlamaInfill? infill)
    {
        var request = new LlamaCompletionRequest
        {
            Model = ModelNameReader.Read(fields),
            Prompts = prompts,
            Infill = infill,
            Choices = Same(fields, 1, MaxChoices, "n_cmpl", "n") ?? 1,
            // -1 is llama.cpp's word for no limit.
            MaxTokens = Same(fields, -1, MostTokens, "n_predict", "max_tokens", "max_completion_tokens") is { } limit and >= 0 ? limit : null,
            MaxGenerationMilliseconds = fields.Integer("t_max_predict_ms", -1, int.MaxValue) is { } time and > 0 ? time : null,
            Sampling = LlamaSamplingReader.Read(fields),
            StopSequences = StopReader.Read(fields) ?? [],
            IgnoreEndOfSequence = fields.Flag("ignore_eos") ?? false,
            LogitBias = BiasReader.Read(fields),
            Output = OutputReader.Read(fields),
            Probabilities = Same(fields, 0, MostProbabilities, "n_probs", "logprobs") ?? 0,
            Lora = AdapterScaleReader.Read(fields),
            CachePrompt = fields.Flag("cache_prompt") ?? true,
            Stream = fields.Flag("stream") ?? false,
            ReturnTokens = fields.Flag("return_tokens") ?? false,
            TimingsPerToken = fields.Flag("timings_per_token") ?? false,
            ResponseFields = TextsReader.Read(fields, "response_fields", MaxResponseFields) ?? [],
        };
        if (prompts.Count * request.Choices > MaxJobs)
        {
            throw RequestErrors.WrongValue("prompt", $"has {prompts.Count} prompts with {request.Choices} completions each, at most {MaxJobs} completions are generated for one request.");
        }

        NeutralFields.Check(fields);
        fields.RefuseOthers();
        return request;
    }

    /// <summary>One parameter that has several names.</summary>
    private static int? Same(FieldReader fields, int least, int most, params ReadOnlySpan<string> names)
    {
        int? found = null;
        foreach (var name in names)
        {
            var value = fields.Integer(name, least, most);
            found = found is not null && value is not null && value != found
                ? throw RequestErrors.WrongValue(name, $"and '{names[0]}' are the same parameter, but differ: send one of them.")
                : found ?? value;
        }

        return found;
    }
}
