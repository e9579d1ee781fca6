namespace LocalAI.Pipeline.Api.Files.Uploads;

/// <summary>Where an upload is: it leaves the first state once.</summary>
internal enum UploadState
{
    /// <summary>Parts may come.</summary>
    Pending,

    /// <summary>A file became of it.</summary>
    Completed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}
