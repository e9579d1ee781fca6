using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>A request's feature: the lane of all its jobs. A line of a batch has it.</summary>
internal sealed record RequestLane(Lane Lane);
