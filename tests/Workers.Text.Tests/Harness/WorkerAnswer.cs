using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Text.Tests.Harness;

/// <summary>The deltas of one job put together.</summary>
internal sealed record WorkerAnswer(IReadOnlyList<GenerationDelta> Deltas)
{
    public string Text => string.Concat(Deltas.Select(delta => delta.Text));

    public string Reasoning => string.Concat(Deltas.Select(delta => delta.Reasoning));

    /// <summary>Name and arguments of each call.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Calls =>
        [.. Deltas.SelectMany(delta => delta.ToolCalls).GroupBy(call => call.Index).Select(call => (call.First().Name!, string.Concat(call.Select(piece => piece.Arguments))))];

    public FinishReason? Reason => Deltas[^1].Finish?.Reason;

    public JobFailure? Failure => Deltas[^1].Failure;
}
