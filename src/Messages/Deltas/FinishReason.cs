namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>Why a generation ended well.</summary>
public enum FinishReason
{
    /// <summary>The model ended its turn.</summary>
    Stop,

    /// <summary>A stop sequence of the request was met.</summary>
    StopSequence,

    /// <summary>The token limit or the context is full.</summary>
    Length,

    /// <summary>The answer ends in tool calls.</summary>
    ToolCalls,
}
