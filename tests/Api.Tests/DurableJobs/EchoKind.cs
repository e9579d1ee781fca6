using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.DurableJobs;

/// <summary>A kind whose result is the text, as a JSON string.</summary>
internal sealed class EchoKind : IDurableJobKind
{
    public const string KindName = "echo";

    public string Name => KindName;

    public DurableJobOutcome Complete(DurableJob job, IReadOnlyList<GenerationDelta> deltas)
    {
        var state = deltas[^1] switch
        {
            { Failure.Code: FailureCode.Cancelled } => DurableJobState.Cancelled,
            { Failure: not null } => DurableJobState.Failed,
            { Finish.Reason: FinishReason.Length } => DurableJobState.Incomplete,
            _ => DurableJobState.Completed,
        };
        return new DurableJobOutcome(state, System.Text.Json.JsonSerializer.Serialize(string.Concat(deltas.Select(delta => delta.Text))));
    }
}
