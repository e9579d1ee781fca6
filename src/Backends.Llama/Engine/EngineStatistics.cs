namespace LocalAI.Pipeline.Backends.Llama.Engine;

/// <summary>What the engine has done since it started; written by its thread, read by any.</summary>
internal sealed class EngineStatistics
{
    private long _promptTokens;
    private long _generatedTokens;
    private long _drafted;
    private long _draftsAccepted;
    private double _tokensPerSecond;

    internal long PromptTokens => Interlocked.Read(ref _promptTokens);

    internal long GeneratedTokens => Interlocked.Read(ref _generatedTokens);

    /// <summary>Of the generation that ended last.</summary>
    internal double TokensPerSecond => Volatile.Read(ref _tokensPerSecond);

    /// <summary>Guesses of the draft model that were evaluated.</summary>
    internal long Drafted => Interlocked.Read(ref _drafted);

    /// <summary>Those that were right.</summary>
    internal long DraftsAccepted => Interlocked.Read(ref _draftsAccepted);

    internal void DraftEvaluated(int guesses, int right)
    {
        Interlocked.Add(ref _drafted, guesses);
        Interlocked.Add(ref _draftsAccepted, right);
    }

    internal void PromptEvaluated(int tokens) => Interlocked.Add(ref _promptTokens, tokens);

    internal void TokenGenerated() => Interlocked.Increment(ref _generatedTokens);

    internal void Ended(int tokens, TimeSpan duration)
    {
        if (tokens > 1 && duration > TimeSpan.Zero)
            Volatile.Write(ref _tokensPerSecond, (tokens - 1) / duration.TotalSeconds);
    }
}
