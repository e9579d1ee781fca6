namespace LocalAI.Pipeline.Api.Relay;

/// <summary>What was agreed with a reader.</summary>
/// <param name="Capacity">Deltas that may wait for it.</param>
/// <param name="QuietTime">After so long without a delta it is woken, to send a sign of life to its client.</param>
/// <param name="Aborted">Cancelled when its client has gone.</param>
internal sealed record ReaderTerms(int Capacity, TimeSpan QuietTime, CancellationToken Aborted);
