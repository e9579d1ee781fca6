using LocalAI.Pipeline.Api.Relay;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>The commands of one request as they were sent, and what their reader sees.</summary>
internal sealed record StartedGeneration(IReadOnlyList<GenerateText> Commands, JobSubscription Reader);
