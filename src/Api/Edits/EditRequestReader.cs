using System.Text.Json;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Edits;

/// <summary>Reads an edit request strictly.</summary>
internal static class EditRequestReader
{
    private const int MaxChoices = 16;

    // Each is a job of its own: half of the line that may wait for a model by default.
    private const int MaxJobs = 128;

    // Over any context there is; the context itself is the worker's limit.
    private const int MostTokens = 100_000_000;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static EditRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = new EditRequest
        {
            Model = ModelNameReader.Read(fields),
            Instruction = fields.RequiredText("instruction"),
            Inputs = Inputs(fields),
            Choices = fields.Integer("n", 1, MaxChoices) ?? 1,
            Sampling = SamplingReader.Read(fields),
            MaxTokens = fields.Integer("max_tokens", 1, MostTokens),
            StopSequences = StopReader.Read(fields),
            LogitBias = LogitBiasReader.Read(fields),
            Output = OutputReader.Read(fields),
            Lane = ServiceTierReader.Read(fields),
        };
        if (request.Inputs.Count * request.Choices > MaxJobs)
        {
            throw RequestErrors.WrongValue("input", $"has {request.Inputs.Count} texts with {request.Choices} edits each, at most {MaxJobs} edits are made for one request.");
        }

        if (fields.Flag("stream") == true)
        {
            throw RequestErrors.Unsupported("stream", "edits come as a whole.");
        }

        PassiveParameters.Check(fields);
        fields.RefuseOthers();
        return request;
    }

    /// <summary>OpenAI's <c>input</c> may be missing: the instruction then says what to write.</summary>
    private static List<string> Inputs(FieldReader fields)
    {
        if (fields.Take("input") is not { } input)
        {
            return [""];
        }

        return input.ValueKind switch
        {
            JsonValueKind.String => [input.GetString()!],
            JsonValueKind.Array when input.GetArrayLength() is 0 or > MaxJobs => throw RequestErrors.WrongValue("input", $"has {input.GetArrayLength()} texts, but must have 1 to {MaxJobs}."),
            JsonValueKind.Array => [.. input.EnumerateArray().Select(Text)],
            _ => throw RequestErrors.WrongType("input", "a string or an array of strings", FieldReader.Kind(input)),
        };
    }

    private static string Text(JsonElement item, int index) =>
        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw RequestErrors.WrongType($"input[{index}]", "a string", FieldReader.Kind(item));
}
