namespace LocalAI.Pipeline.Messages;

/// <summary>Which of a model's two queues a job waits in.</summary>
public enum Lane
{
    /// <summary>Somebody waits for the tokens.</summary>
    Interactive,

    /// <summary>Nobody watches: fills slots that interactive work leaves.</summary>
    Batch,
}
