using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Chat;

/// <summary>What all parts of one answer have in common; made from the commands alone, so that any instance says the same.</summary>
internal sealed class ChatHead(IReadOnlyList<GenerateText> commands, ChatCompletionRequest request)
{
    /// <summary>The answer's id, which is also how it is cancelled.</summary>
    public string Id { get; } = $"chatcmpl-{commands[0].JobId:N}";

    public string Model { get; } = commands[0].Model;

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; } = commands[0].AcceptedAt.ToUnixTimeSeconds();

    public string Fingerprint { get; } = SystemFingerprint.Of(commands[0].Model);

    public int Choices => commands.Count;

    public bool IncludeUsage => request.IncludeUsage;

    public bool Timings => request.Timings;

    /// <summary>Calls are written as the old <c>function_call</c>.</summary>
    public bool UsesFunctions => request.UsesFunctions;

    public bool Logprobs => request.Logprobs;
}
