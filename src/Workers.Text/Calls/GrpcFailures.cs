using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Calls;

/// <summary>What a backend's gRPC status means for the caller: the one table.</summary>
internal static class GrpcFailures
{
    public static JobFailure From(BackendCallException exception, ModelDefinition model) => new()
    {
        Code = CodeOf(exception.Status),
        Message = CodeOf(exception.Status) is FailureCode.RequestInvalid ? exception.Message : $"The backend '{model.Backend}' of model '{model.Name}' answered {exception.Status}: {exception.Message}",
    };

    private static FailureCode CodeOf(GrpcStatus status) => status switch
    {
        GrpcStatus.InvalidArgument or GrpcStatus.OutOfRange => FailureCode.RequestInvalid,
        GrpcStatus.Unimplemented => FailureCode.CapabilityMissing,
        GrpcStatus.ResourceExhausted => FailureCode.BackendBusy,
        GrpcStatus.DeadlineExceeded => FailureCode.BackendTimeout,
        GrpcStatus.Unavailable => FailureCode.BackendCrashed,
        GrpcStatus.NotFound or GrpcStatus.FailedPrecondition => FailureCode.LoadFailed,
        _ => FailureCode.BackendError,
    };
}
