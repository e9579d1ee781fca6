using LocalAI.Pipeline.Messages.Jobs;

namespace LocalAI.Pipeline.Bus.Commands;

/// <summary>A reply or a refusal: exactly one is set.</summary>
public sealed record BusReply<T>(T? Reply, JobRefused? Refused)
    where T : class;
