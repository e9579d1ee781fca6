namespace LocalAI.Pipeline.Backends.Llama.Generations;

/// <summary>Why a text ended.</summary>
internal enum FinishReason
{
    /// <summary>The model ended it, or a stop string did.</summary>
    Stop,

    /// <summary>The token limit or the context did.</summary>
    Length,
}
