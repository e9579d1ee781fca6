using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Scenarios.Processes;

/// <summary>Durable jobs of the scenarios: what the fake backend says, and nothing else, is their result.</summary>
internal sealed class WordsKind : IDurableJobKind
{
    public string Name => "words";

    public static DurableJobOrder Order(string script) => new()
    {
        Kind = "words",
        Model = "fake",
        Origin = new JobOrigin("owner", "request"),
        Draft = TextGenerations.Draft(Lane.Interactive, new SamplingSettings()) with { Messages = [new ChatMessage { Role = ChatRole.User, Content = $"fake: {script}" }] },
        Request = "{}",
    };

    public DurableJobOutcome Complete(DurableJob job, IReadOnlyList<GenerationDelta> deltas) =>
        new(deltas[^1].Finish is null ? DurableJobState.Failed : DurableJobState.Completed, string.Concat(deltas.Select(delta => delta.Text)));
}
