using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Messages.Tests.Deltas;

/// <summary>Frames for the codec's tests.</summary>
internal static class Frames
{
    private static readonly string[] Texts = ["", "a", "This is a test!", "größer 你好 🦦", "line\nline\r\n\0", new string('z', 300)];

    public static DeltaFrame Full() => new()
    {
        WorkerId = "worker-1",
        InstanceId = "api-1",
        Alive = [new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)],
        Entries =
        [
            Entry(new GenerationDelta
            {
                Sequence = 300,
                Text = "Hello",
                Reasoning = "hm",
                Raw = "<think>hm</think>Hello",
                Tokens = 3,
                Prompt = new PromptCounts { Tokens = 7, Cached = 5 },
                Logprobs = "[]",
                Detail = new DeltaDetail { TokenIds = [0, 300, int.MaxValue], PromptMilliseconds = 1.25, GenerationMilliseconds = 8 },
                ToolCalls = [new ToolCallDelta { Index = 0, Id = "call_1", Name = "f", Arguments = "{" }, new ToolCallDelta { Index = 0, Arguments = "}" }],
            }),
            Entry(new GenerationDelta
            {
                Sequence = 301,
                Finish = new GenerationFinish
                {
                    Reason = FinishReason.StopSequence,
                    StopSequence = "END",
                    PromptTokens = 7,
                    CachedTokens = 5,
                    CompletionTokens = 200,
                    ReasoningTokens = 2,
                    PromptMilliseconds = 1.5,
                    GenerationMilliseconds = 99.25,
                },
            }),
            Entry(new GenerationDelta
            {
                Sequence = long.MaxValue,
                Failure = new JobFailure { Code = FailureCode.PromptTooLong, Message = "The prompt has 9 tokens, the context 8.", Parameter = "messages" },
            }),
        ],
    };

    public static DeltaFrame Random(Random random) => new()
    {
        WorkerId = Text(random),
        InstanceId = Text(random),
        Alive = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Guid.NewGuid())],
        Entries = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Entry(Delta(random)))],
    };

    private static DeltaFrameEntry Entry(GenerationDelta delta) => new() { JobId = new Guid(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 1), Attempt = 2, Delta = delta };

    private static GenerationDelta Delta(Random random) => new()
    {
        Sequence = random.NextInt64(long.MaxValue),
        Text = Text(random),
        Reasoning = Text(random),
        Raw = random.Next(2) == 0 ? null : Text(random),
        Tokens = random.Next(int.MaxValue),
        Prompt = random.Next(2) == 0 ? null : new PromptCounts { Tokens = random.Next(), Cached = random.Next() },
        Logprobs = random.Next(2) == 0 ? null : Text(random),
        ToolCalls = [.. Enumerable.Range(0, random.Next(3)).Select(i => new ToolCallDelta { Index = i, Id = random.Next(2) == 0 ? null : Text(random), Arguments = Text(random) })],
        Detail = random.Next(3) > 0 ? null : new DeltaDetail { TokenIds = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next())], PromptMilliseconds = random.NextDouble() },
        Finish = random.Next(3) > 0 ? null : new GenerationFinish { Reason = FinishReason.Length, PromptTokens = random.Next(), CompletionTokens = random.Next(), GenerationMilliseconds = random.NextDouble() },
        Failure = random.Next(3) > 0 ? null : new JobFailure { Code = FailureCode.BackendCrashed, Message = Text(random) },
    };

    private static string Text(Random random) => Texts[random.Next(Texts.Length)];
}
