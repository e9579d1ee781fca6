using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Media;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat.Reading;

/// <summary>Reads a chat request strictly: each parameter is honoured, known to make no difference, or refused by name.</summary>
internal static class ChatRequestReader
{
    private const int MaxChoices = 16;

    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;
    private const int MaxTopLogprobs = 20;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ChatCompletionRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var model = ModelNameReader.Read(fields);
        var media = new MediaList();
        var messages = MessageReader.Read(fields, media);
        var tools = ToolReader.Read(fields);
        var stream = fields.Flag("stream") ?? false;
        var top = fields.Integer("top_logprobs", 0, MaxTopLogprobs);
        var request = new ChatCompletionRequest
        {
            Model = model,
            Messages = messages,
            Media = media,
            Sampling = SamplingReader.Read(fields),
            Choices = fields.Integer("n", 1, MaxChoices) ?? 1,
            Stream = stream,
            IncludeUsage = StreamOptionsReader.IncludeUsage(fields, stream),
            Timings = fields.Flag("timings_per_token") ?? false,
            Lane = ServiceTierReader.Read(fields),
            MaxTokens = MaxTokens(fields),
            StopSequences = StopReader.Read(fields),
            IgnoreEndOfSequence = fields.Flag("ignore_eos") ?? false,
            Logprobs = fields.Flag("logprobs") ?? false,
            TopLogprobs = top ?? 0,
            LogitBias = LogitBiasReader.Read(fields),
            Tools = tools.Tools,
            ToolChoice = tools.Choice,
            UsesFunctions = tools.UsesFunctions,
            Output = OutputReader.Read(fields),
            ReasoningEffort = Effort(fields),
            TemplateArguments = TemplateArguments(fields),
            ContinueFinalMessage = Prefill.Read(fields, messages),
        };
        if (top is not null && !request.Logprobs)
        {
            throw RequestErrors.WrongValue("top_logprobs", "needs 'logprobs' to be true.");
        }

        if (request is { ContinueFinalMessage: true, Output.Kind: OutputKind.JsonObject or OutputKind.JsonSchema })
        {
            throw RequestErrors.WrongValue("messages", "ends with an assistant's message to continue, which cannot be together with JSON output: what is generated would be only a part of the JSON.");
        }

        PassiveParameters.Check(fields);
        fields.RefuseOthers();
        return request;
    }

    private static int? MaxTokens(FieldReader fields)
    {
        var old = fields.Integer("max_tokens", 1, MostTokens);
        var current = fields.Integer("max_completion_tokens", 1, MostTokens);
        return old is not null && current is not null && old != current
            ? throw RequestErrors.WrongValue("max_completion_tokens", "and 'max_tokens' differ: send one of them.")
            : current ?? old;
    }

    private static string? Effort(FieldReader fields) => fields.Text("reasoning_effort") switch
    {
        null => null,
        ("none" or "minimal" or "low" or "medium" or "high") and var effort => effort,
        _ => throw RequestErrors.WrongValue("reasoning_effort", "must be 'none', 'minimal', 'low', 'medium' or 'high'."),
    };

    private static string? TemplateArguments(FieldReader fields) => fields.Take("chat_template_kwargs") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } arguments => arguments.GetRawText(),
        { } other => throw RequestErrors.WrongType("chat_template_kwargs", "an object", FieldReader.Kind(other)),
    };
}
