using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Completions;

/// <summary>What all parts of one answer have in common; made from the commands and the request alone.</summary>
/// <param name="commands">Those of the first prompt, then those of the next: <c>best_of</c> each.</param>
/// <param name="echoes">The text of each prompt, or null where it is not to come back.</param>
internal sealed class CompletionHead(IReadOnlyList<GenerateText> commands, CompletionRequest request, IReadOnlyList<string>? echoes)
{
    public string Id { get; } = $"cmpl-{commands[0].JobId:N}";

    public string Model { get; } = commands[0].Model;

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; } = commands[0].AcceptedAt.ToUnixTimeSeconds();

    public string Fingerprint { get; } = SystemFingerprint.Of(commands[0].Model);

    public int Jobs => commands.Count;

    public int Choices => request.Choices;

    public int BestOf => request.BestOf;

    public int? Logprobs => request.Logprobs;

    public bool IncludeUsage => request.IncludeUsage;

    public bool Timings => request.Timings;

    /// <summary>What comes before the completion of a job.</summary>
    public string Echo(int job) => echoes?[job / request.BestOf] ?? "";

    /// <summary>The job is the first of its prompt.</summary>
    public bool IsFirst(int job) => job % request.BestOf == 0;
}
