using LocalAI.Pipeline.Api.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>A job to follow: its command, and its place in the queue that ends when a worker takes it.</summary>
internal sealed record JobRegistration(GenerateText Command, QueuePlace Place);
