using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>The form that the answer must have, as a grammar for the engine.</summary>
internal static class GrammarMapping
{
    public static void Fill(PredictOptions request, GenerateText command, BackendTraits traits)
    {
        _ = traits;
        if (command.Output is { Kind: OutputKind.Grammar } output)
        {
            request.Grammar = output.Grammar ?? "";
        }
        else if (command.Output is { Kind: not OutputKind.Text } unsupported)
        {
            throw new JobFailedException(new JobFailure { Code = FailureCode.CapabilityMissing, Message = $"Output of kind {unsupported.Kind} is not served yet.", Parameter = "response_format" });
        }
    }
}
