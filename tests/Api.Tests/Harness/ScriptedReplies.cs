using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using MassTransit;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>What the scripted worker answers at once: its tokens are characters' codes.</summary>
internal static class ScriptedReplies
{
    public const int FirstUnknownToken = 1000;

    /// <summary>An input or document that does not fit the context.</summary>
    public const string TooLong = "TOO LONG";

    /// <summary>What is said about it.</summary>
    public const string Overflow = "The prompt has 9 tokens, the context 8.";

    private const int NoSlot = 9;

    public static void AddTo(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<TokenizeText>(consume => consume.RespondAsync(Tokenize(consume.Message)));
        endpoint.Handler<DescribeModel>(consume => consume.RespondAsync(Description));
        endpoint.Handler<ChangeSlot>(consume => consume.Message.Slot == NoSlot
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.RequestInvalid, $"There is no slot {NoSlot}."))
            : consume.RespondAsync(new SlotChanged { Tokens = 7, Bytes = 11 }));
        endpoint.Handler<DetokenizeText>(consume => consume.Message.Tokens.Any(token => token >= FirstUnknownToken)
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.RequestInvalid, "There is no such token."))
            : consume.RespondAsync(new TextDetokenized { Text = string.Concat(consume.Message.Tokens.Select(token => (char)token)) }));
        endpoint.Handler<EmbedText>(consume => consume.Message.Inputs.Any(input => input.Text == TooLong)
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.PromptTooLong, Overflow))
            : consume.Message.Inputs.Any(input => input.Text?.Length == 0)
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.RequestInvalid, "The text is empty."))
            : consume.RespondAsync(new TextEmbedded { Vectors = [.. consume.Message.Inputs.Select(Vector)], PromptTokens = consume.Message.Inputs.Sum(Length) }));
        endpoint.Handler<RerankDocuments>(consume => consume.Message.Documents.Contains(TooLong)
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.PromptTooLong, Overflow))
            : consume.RespondAsync(new DocumentsReranked
        {
            Results = [.. consume.Message.Documents.Select((text, index) => new RankedDocument { Index = index, Score = text.Length }).OrderByDescending(result => result.Score)],
            PromptTokens = consume.Message.Documents.Sum(text => text.Length + consume.Message.Query.Length),
        }));
    }

    /// <summary>What the model tells of itself.</summary>
    public static ModelDescribed Description => new()
    {
        ChatTemplate = "{{ messages }}",
        ContextSize = 2048,
        TrainingContextSize = 4096,
        BosToken = "<s>",
        EosToken = "</s>",
        Architecture = "llama",
        Quantization = "Q8_0",
        ParameterCount = 1_500_000,
        SizeBytes = 4000,
        EmbeddingLength = 64,
        VocabularySize = 300,
        SupportsEmbeddings = true,
        SupportsThinking = true,
    };

    // A special token stands for "<s>", and begins what wants it.
    private static TextTokenized Tokenize(TokenizeText request)
    {
        var text = (request.AddSpecial ? "<s>" : "") + request.Text;
        var tokens = request.ParseSpecial ? text.Replace("<s>", "\u0001", StringComparison.Ordinal) : text;
        return new TextTokenized
        {
            Tokens = [.. tokens.Select(character => (int)character)],
            // Characters over ASCII are cut in two, as byte tokens would be.
            Pieces = request.WithPieces ? [.. tokens.Select(character => character > 127 ? [(byte)0xc3] : new[] { (byte)character })] : null,
        };
    }

    /// <summary>(3, 4, 12, n) made as long as 1, where n is the input's length.</summary>
    public static float[] Vector(TokenInput input)
    {
        var last = Length(input);
        var length = (float)Math.Sqrt(9 + 16 + 144 + (last * last));
        return [3 / length, 4 / length, 12 / length, last / length];
    }

    private static int Length(TokenInput input) => input.Text?.Length ?? input.Tokens!.Count;

    private static JobRefused Refused(Guid job, FailureCode code, string message) => new() { JobId = job, Failure = new JobFailure { Code = code, Message = message } };
}
