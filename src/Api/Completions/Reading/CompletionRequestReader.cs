using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Completions.Reading;

/// <summary>Reads a completion request strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class CompletionRequestReader
{
    private const int MaxChoices = 16;

    // Each is a job of its own: half of the line that may wait for a model by default.
    private const int MaxJobs = 128;

    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;

    // OpenAI has 5 here and 20 in chats.
    private const int MaxLogprobs = 20;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static CompletionRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var stream = fields.Flag("stream") ?? false;
        var choices = fields.Integer("n", 1, MaxChoices) ?? 1;
        var request = new CompletionRequest
        {
            Model = ModelNameReader.Read(fields),
            Prompts = TokenInputReader.Read(fields, "prompt", MaxJobs),
            Suffix = fields.Text("suffix"),
            Echo = fields.Flag("echo") ?? false,
            Choices = choices,
            BestOf = fields.Integer("best_of", 1, MaxChoices) ?? choices,
            Logprobs = fields.Integer("logprobs", 0, MaxLogprobs),
            Sampling = SamplingReader.Read(fields),
            Stream = stream,
            IncludeUsage = StreamOptionsReader.IncludeUsage(fields, stream),
            Timings = fields.Flag("timings_per_token") ?? false,
            Lane = ServiceTierReader.Read(fields),
            MaxTokens = fields.Integer("max_tokens", 1, MostTokens),
            StopSequences = StopReader.Read(fields),
            IgnoreEndOfSequence = fields.Flag("ignore_eos") ?? false,
            LogitBias = LogitBiasReader.Read(fields),
            Output = OutputReader.Read(fields),
        };
        Check(request);
        PassiveParameters.Check(fields);
        fields.RefuseOthers();
        return request;
    }

    private static void Check(CompletionRequest request)
    {
        if (request.BestOf < request.Choices)
        {
            throw RequestErrors.WrongValue("best_of", $"is {request.BestOf}, less than 'n', which is {request.Choices}.");
        }

        if (request.IsChosen && request.Stream)
        {
            throw RequestErrors.WrongValue("best_of", "cannot be over 'n' in a stream: the best are known when all are there.");
        }

        if (request.Prompts.Count * request.BestOf > MaxJobs)
        {
            throw RequestErrors.WrongValue("prompt", $"has {request.Prompts.Count} prompts with {request.BestOf} completions each, at most {MaxJobs} completions are generated for one request.");
        }

        if (request.Echo && request.Logprobs is not null)
        {
            throw RequestErrors.Unsupported("echo", "the prompt's own tokens have no log probabilities here: leave out 'echo' or 'logprobs'.");
        }

        if (request.HasGap && request.Prompts.Any(prompt => prompt.Text is null))
        {
            throw RequestErrors.WrongValue("suffix", "needs a prompt that is a text.");
        }
    }
}
