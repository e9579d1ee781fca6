namespace LocalAI.Pipeline.Backends.Protocol;

/// <summary>How a call ended. Numbers are gRPC's own (grpc/doc/statuscodes.md) and travel in the <c>grpc-status</c> trailer.</summary>
public enum GrpcStatus
{
    /// <summary>The call did what it was asked to.</summary>
    Ok = 0,

    /// <summary>The other side gave the call up.</summary>
    Cancelled = 1,

    /// <summary>A failure without a better code.</summary>
    Unknown = 2,

    /// <summary>The request is wrong, whatever the state of the backend.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first; the work may or may not have been done.</summary>
    DeadlineExceeded = 4,

    /// <summary>Something that the request names is not there, for example its ModelIdentity.</summary>
    NotFound = 5,

    /// <summary>What the request would make is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>No slot, no memory, or a message over its limit.</summary>
    ResourceExhausted = 8,

    /// <summary>No model is loaded, or it cannot do this.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost against another one.</summary>
    Aborted = 10,

    /// <summary>A position beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The backend does not have this call, or not in this form.</summary>
    Unimplemented = 12,

    /// <summary>A defect in the backend or broken bytes on the way.</summary>
    Internal = 13,

    /// <summary>Nobody listens there, or the connection was lost: the process is gone.</summary>
    Unavailable = 14,

    /// <summary>Something was lost that cannot be had again.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say who it is.</summary>
    Unauthenticated = 16,
}
