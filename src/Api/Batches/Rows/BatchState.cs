namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>Where a batch is. The last four end it.</summary>
internal enum BatchState
{
    /// <summary>Its lines are being checked, or wait for that.</summary>
    Validating,

    /// <summary>Its lines run.</summary>
    InProgress,

    /// <summary>Its output is being written.</summary>
    Finalizing,

    /// <summary>Somebody cancelled it; what is done is being written.</summary>
    Cancelling,

    /// <summary>Its output is there.</summary>
    Completed,

    /// <summary>Its lines were refused.</summary>
    Failed,

    /// <summary>Its time was over; what was done by then is there.</summary>
    Expired,

    /// <summary>It was cancelled; what was done by then is there.</summary>
    Cancelled,
}
