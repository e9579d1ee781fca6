using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Calls;

/// <summary>What a backend's gRPC status means for the caller: the one table.</summary>
internal static class GrpcFailures
{
    // How the engines of others put it, which have no status for it: llama.cpp's server and vLLM.
    private static readonly string[] OverflowWords = ["exceeds the available context size", "maximum context length"];

    public static JobFailure From(BackendCallException exception, ModelDefinition model)
    {
        var code = CodeOf(exception);
        return new JobFailure
        {
            Code = code,
            Message = code is FailureCode.RequestInvalid or FailureCode.PromptTooLong ? exception.Message : $"The backend '{model.Backend}' of model '{model.Name}' answered {exception.Status}: {exception.Message}",
        };
    }

    private static FailureCode CodeOf(BackendCallException exception) => exception.Status switch
    {
        // Our own backends say so of what is longer than the context.
        GrpcStatus.OutOfRange => FailureCode.PromptTooLong,
        GrpcStatus.InvalidArgument or GrpcStatus.Internal or GrpcStatus.Unknown when OverflowWords.Any(words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) => FailureCode.PromptTooLong,
        GrpcStatus.InvalidArgument => FailureCode.RequestInvalid,
        GrpcStatus.Unimplemented => FailureCode.CapabilityMissing,
        GrpcStatus.ResourceExhausted => FailureCode.BackendBusy,
        GrpcStatus.DeadlineExceeded => FailureCode.BackendTimeout,
        GrpcStatus.Unavailable => FailureCode.BackendCrashed,
        GrpcStatus.NotFound or GrpcStatus.FailedPrecondition => FailureCode.LoadFailed,
        _ => FailureCode.BackendError,
    };
}
