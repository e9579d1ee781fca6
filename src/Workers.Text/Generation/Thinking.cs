namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>Whether the answer has a thought before it.</summary>
internal enum Thinking
{
    /// <summary>It begins with the answer.</summary>
    None,

    /// <summary>The model may open one.</summary>
    Possible,

    /// <summary>The prompt opened one.</summary>
    Open,
}
