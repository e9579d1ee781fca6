namespace LocalAI.Pipeline.Workers.Hosting.Jobs;

/// <summary>Under which attempt a delivery runs, and what of the job is already done.</summary>
/// <param name="Attempt">The attempt number.</param>
/// <param name="NextSequence">The next delta's number.</param>
/// <param name="RawText">The model's raw output so far.</param>
/// <param name="CompletionTokens">Its tokens.</param>
public sealed record JobStart(int Attempt, long NextSequence, string RawText, int CompletionTokens)
{
    /// <summary>A command that was never delivered before.</summary>
    public static JobStart First { get; } = new(1, 0, "", 0);
}
