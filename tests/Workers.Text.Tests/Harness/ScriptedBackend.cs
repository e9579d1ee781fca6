using System.Collections.Concurrent;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Tests.Harness;

/// <summary>A backend in the test's hands: what it tells of itself, what it answers, and what it was asked.</summary>
internal sealed class ScriptedBackend : BackendService
{
    public const string Name = "scripted";

    public ModelMetadataResponse Metadata { get; set; } = new();

    /// <summary>Whatever the request, these are the replies.</summary>
    public Func<PredictOptions, IEnumerable<Reply>> Answer { get; set; } = _ => [Text("ok")];

    public ConcurrentQueue<PredictOptions> Asked { get; } = new();

    public static Reply Text(string text, int tokens = 1) => new() { Message = ByteString.CopyFromUtf8(text), Tokens = tokens, PromptTokens = 3 };

    public static Reply End(string reason = "stop", int tokens = 1) => new() { Tokens = tokens, PromptTokens = 3, FinishReason = reason };

    /// <summary>A text in small pieces, as tokens come.</summary>
    public static IEnumerable<Reply> Pieces(string text) => text.Chunk(3).Select((piece, index) => Text(new string(piece), index + 1)).Append(End(tokens: text.Length / 3));

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) => Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8("OK") });

    public override Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context) => Task.FromResult(new Result { Success = true });

    public override Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context) => Task.FromResult(Metadata);

    public override Task<Reply> PredictAsync(PredictOptions request, BackendCallContext context)
    {
        Asked.Enqueue(request);
        return Task.FromResult(Text(request.Prompt));
    }

    public override async IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context)
    {
        await Task.Yield();
        Asked.Enqueue(request);
        foreach (var reply in Answer(request))
        {
            yield return reply;
        }
    }
}
