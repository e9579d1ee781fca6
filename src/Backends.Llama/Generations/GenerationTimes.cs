using System.Diagnostics;

namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>When the parts of a generation began; written by the engine thread.</summary>
internal sealed class GenerationTimes
{
    private long _prompt;
    private long _firstToken;
    private long _lastToken;

    internal TimeSpan Prompt => Between(_prompt, _firstToken);

    internal TimeSpan Tokens => Between(_firstToken, _lastToken);

    internal void PromptBegins() => Volatile.Write(ref _prompt, Stopwatch.GetTimestamp());

    internal void TokenComes()
    {
        long now = Stopwatch.GetTimestamp();
        if (_firstToken == 0)
            Volatile.Write(ref _firstToken, now);
        Volatile.Write(ref _lastToken, now);
    }

    private static TimeSpan Between(long start, long end)
        => start == 0 || end == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start, end);
}
