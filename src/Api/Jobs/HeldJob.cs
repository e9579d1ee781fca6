namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>A job that is held back until its turn.</summary>
/// <param name="Place">Its place.</param>
/// <param name="Send">Sends its command; called once, from any thread, and must not block.</param>
internal sealed record HeldJob(QueuePlace Place, Action Send);
