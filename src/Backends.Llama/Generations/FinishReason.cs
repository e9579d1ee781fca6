namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>Why a text ended.</summary>
internal enum FinishReason
{
    /// <summary>The model ended it.</summary>
    Stop,

    /// <summary>A stop string did.</summary>
    StopSequence,

    /// <summary>The token limit or the context did.</summary>
    Length,
}
