using System.Diagnostics;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.FakeBackend;

/// <summary>
/// A backend whose every answer is the words <c>w0 w1 w2 ...</c>, so that a test sees a repeated, missing or foreign word at
/// once, also when the answer was continued after a death.
/// </summary>
internal sealed class FakeBackendService : BackendService
{
    private static readonly TimeSpan FilePoll = TimeSpan.FromMilliseconds(20);

    private const string MemoryOption = "memory-mib:";

    private ModelOptions? _loaded;

    public override Task<Reply> HealthAsync(HealthMessage request, BackendCallContext context) =>
        Task.FromResult(new Reply { Message = ByteString.CopyFromUtf8("OK") });

    public override Task<Result> LoadModelAsync(ModelOptions request, BackendCallContext context)
    {
        if (request.Options.Contains("fail-load:true"))
        {
            return Task.FromResult(new Result { Success = false, Message = "the fake model refuses to load" });
        }

        if (request.Options.Contains("crash-at-load:true"))
        {
            Console.Error.WriteLine("the fake backend crashes at load");
            Process.GetCurrentProcess().Kill();
        }

        _loaded = request;
        return Task.FromResult(new Result { Success = true });
    }

    public override Task<StatusResponse> StatusAsync(HealthMessage request, BackendCallContext context) =>
        Task.FromResult(new StatusResponse { State = StatusResponse.Types.State.Ready, Memory = new MemoryUsageData { Total = Mebibytes() << 20 } });

    public override Task<ModelMetadataResponse> ModelMetadataAsync(ModelOptions request, BackendCallContext context) =>
        Task.FromResult(new ModelMetadataResponse { SupportsContinuation = true, Slots = 4 });

    public override Task<TokenizationResponse> TokenizeStringAsync(PredictOptions request, BackendCallContext context)
    {
        var words = request.Prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var response = new TokenizationResponse { Length = words };
        response.Tokens.AddRange(Enumerable.Range(0, words));
        return Task.FromResult(response);
    }

    public override async IAsyncEnumerable<Reply> PredictStreamAsync(PredictOptions request, BackendCallContext context)
    {
        if (_loaded is null)
        {
            throw new BackendCallException(GrpcStatus.FailedPrecondition, "no model is loaded");
        }

        var script = FakeScript.From(PromptOf(request));
        if (script.Fail is { } status)
        {
            throw new BackendCallException(Enum.Parse<GrpcStatus>(status), "the fake backend fails as it was told");
        }

        if (script.Told)
        {
            yield return new Reply { Message = ByteString.CopyFromUtf8($"images: {string.Join(' ', request.Images)}; audios: {string.Join(' ', request.Audios)}"), Tokens = 1, PromptTokens = 3, FinishReason = "stop" };
            yield break;
        }

        var done = request.Continuation.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var limit = request.Tokens > 0 ? Math.Min(script.Tokens - done, request.Tokens) : script.Tokens - done;
        for (var i = 0; i < limit; i++)
        {
            await BeforeAsync(i, done + i, script, context.CancellationToken);
            foreach (var reply in Word(done + i, i + 1, script))
            {
                yield return reply;
            }
        }

        yield return new Reply { Tokens = Math.Max(0, limit), PromptTokens = 3, FinishReason = limit < script.Tokens - done ? "length" : "stop" };
    }

    private ulong Mebibytes() =>
        _loaded?.Options.FirstOrDefault(option => option.StartsWith(MemoryOption, StringComparison.Ordinal)) is { } option
            ? ulong.Parse(option[MemoryOption.Length..], CultureInfo.InvariantCulture)
            : 0;

    private static string PromptOf(PredictOptions request) => request.Messages.Count > 0 ? request.Messages[^1].Content : request.Prompt;

    private static async Task BeforeAsync(int inCall, int inAll, FakeScript script, CancellationToken cancellationToken)
    {
        if (inCall == script.CrashAfter)
        {
            Process.GetCurrentProcess().Kill();
        }

        if (script.PauseMilliseconds > 0)
        {
            await Task.Delay(script.PauseMilliseconds, cancellationToken);
        }

        while (inAll == script.StallAfter && !File.Exists(script.Until))
        {
            await Task.Delay(FilePoll, cancellationToken);
        }
    }

    private static IEnumerable<Reply> Word(int number, int tokens, FakeScript script)
    {
        var text = Encoding.UTF8.GetBytes(script.Split ? $"w{number}ä " : $"w{number} ");
        if (!script.Split)
        {
            yield return new Reply { Message = ByteString.CopyFrom(text), Tokens = tokens, PromptTokens = 3 };
            yield break;
        }

        // The last three bytes are the two of the character and the space: the cut goes through the character.
        yield return new Reply { Message = ByteString.CopyFrom(text.AsSpan(0, text.Length - 2)), Tokens = tokens, PromptTokens = 3 };
        yield return new Reply { Message = ByteString.CopyFrom(text.AsSpan(text.Length - 2)), Tokens = tokens, PromptTokens = 3 };
    }
}
