using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Grammars;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>Which status a failure is for the caller.</summary>
internal static class CallErrors
{
    internal static BackendCallException Invalid(string message) => new(GrpcStatus.InvalidArgument, message);

    internal static BackendCallException Unsupported(string message) => new(GrpcStatus.Unimplemented, message);

    internal static bool IsExpected(Exception e)
        => e is RequestInvalidException or ContextOverflowException or GrammarException or EngineFullException or EngineStoppedException or EngineFailedException or InvalidModelException;

    internal static BackendCallException From(Exception e) => new(StatusOf(e), e.Message, e);

    private static GrpcStatus StatusOf(Exception e) => e switch
    {
        RequestInvalidException or GrammarException or InvalidModelException => GrpcStatus.InvalidArgument,
        ContextOverflowException => GrpcStatus.OutOfRange,
        EngineFullException => GrpcStatus.ResourceExhausted,
        EngineStoppedException => GrpcStatus.Unavailable,
        _ => GrpcStatus.Internal,
    };
}
