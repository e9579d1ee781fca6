namespace LocalAI.Pipeline.Messages.Deltas;

/// <summary>Why a job failed: the stage and whose side. One table of the API maps it to HTTP.</summary>
public enum FailureCode
{
    /// <summary>Nobody foresaw it.</summary>
    Internal,

    /// <summary>The caller's request cannot be honoured; the failure names the parameter.</summary>
    RequestInvalid,

    /// <summary>The prompt does not fit the context.</summary>
    PromptTooLong,

    /// <summary>The grammar or schema does not compile.</summary>
    GrammarInvalid,

    /// <summary>The chat template refused the conversation.</summary>
    TemplateRefused,

    /// <summary>No worker here knows the model.</summary>
    ModelUnknown,

    /// <summary>The model's configuration or file is broken.</summary>
    ModelBroken,

    /// <summary>The model's backend cannot do this.</summary>
    CapabilityMissing,

    /// <summary>The model could not be loaded.</summary>
    LoadFailed,

    /// <summary>The backend died and restarting did not help.</summary>
    BackendCrashed,

    /// <summary>The backend did not answer in time.</summary>
    BackendTimeout,

    /// <summary>The backend has no room; try again.</summary>
    BackendBusy,

    /// <summary>The backend answered with an error of its own.</summary>
    BackendError,

    /// <summary>The queue is full.</summary>
    QueueFull,

    /// <summary>Nobody took the job in time.</summary>
    QueueTimeout,

    /// <summary>The worker went silent and no other took over in time.</summary>
    WorkerGone,

    /// <summary>Too many attempts were interrupted.</summary>
    AttemptsExhausted,

    /// <summary>The broker cannot be reached.</summary>
    BrokerUnavailable,

    /// <summary>The reader fell too far behind.</summary>
    SlowReader,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}
