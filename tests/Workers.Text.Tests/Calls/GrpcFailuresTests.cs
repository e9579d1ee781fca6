using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Text.Calls;

namespace LocalAI.Pipeline.Workers.Text.Tests.Calls;

public sealed class GrpcFailuresTests
{
    private static readonly ModelDefinition Model = new() { Name = "m", Model = "m", ModelFile = "/m", Source = "m.yaml" };

    [Theory]
    [InlineData(GrpcStatus.OutOfRange, "the prompt has 9 tokens, the context holds 8", FailureCode.PromptTooLong)]
    [InlineData(GrpcStatus.InvalidArgument, "request (9 tokens) exceeds the available context size (8 tokens), try increasing it", FailureCode.PromptTooLong)]
    [InlineData(GrpcStatus.Internal, "This model's maximum context length is 8 tokens", FailureCode.PromptTooLong)]
    [InlineData(GrpcStatus.InvalidArgument, "the prompt is empty", FailureCode.RequestInvalid)]
    [InlineData(GrpcStatus.Internal, "it broke", FailureCode.BackendError)]
    [InlineData(GrpcStatus.Unimplemented, "not here", FailureCode.CapabilityMissing)]
    [InlineData(GrpcStatus.ResourceExhausted, "full", FailureCode.BackendBusy)]
    public void From_Status_IsTheCallersFailure(GrpcStatus status, string message, FailureCode code)
    {
        var failure = GrpcFailures.From(new BackendCallException(status, message), Model);

        Assert.Equal(code, failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
