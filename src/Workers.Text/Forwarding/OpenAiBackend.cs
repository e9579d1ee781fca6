using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Forwarding;

/// <summary>
/// The backend <c>openai</c>: hands generations to any server that speaks OpenAI's API (vLLM's, llama.cpp's, a provider's). Where
/// it is says the model's file: <c>options: ["base_url:http://host:port/v1"]</c>.
/// </summary>
internal sealed class OpenAiBackend : BackendService, IDisposable
{
    /// <summary>The name in a model's file.</summary>
    public const string Name = "openai";

    private Upstream? _upstream;

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) => Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8("OK") });

    public override Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context)
    {
        var before = Interlocked.Exchange(ref _upstream, new Upstream(UpstreamSettings.Read(request)));
        before?.Dispose();
        return Task.FromResult(new Result { Success = true });
    }

    /// <summary>The server has templates, parsers and grammars of its own.</summary>
    public override Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context) => Task.FromResult(new ModelMetadataResponse { HoldsForm = true });

    public override async IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context)
    {
        var upstream = _upstream ?? throw new BackendCallException(GrpcStatus.FailedPrecondition, "no model is loaded");
        var (path, body) = UpstreamRequest.Of(request, upstream.Settings);
        using var answer = await upstream.AskAsync(path, body, context.CancellationToken);
        var replies = new UpstreamReplies();
        await using var chunks = answer.ReadAsync(context.CancellationToken).GetAsyncEnumerator(context.CancellationToken);
        while (await upstream.NextAsync(chunks))
        {
            if (replies.Read(chunks.Current) is { } reply)
            {
                yield return reply;
            }
        }

        yield return replies.Last();
    }

    public void Dispose() => _upstream?.Dispose();
}
