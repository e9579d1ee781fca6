using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Hosting;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>The form that the answer must have, as a grammar for the engine. What no grammar is built for is refused by name.</summary>
internal static class GrammarMapping
{
    public static void Fill(PredictOptions request, GenerateText command)
    {
        if (command.ToolChoice is { Mode: ToolChoiceMode.Required })
        {
            throw Refused("A tool call cannot be forced yet: use tool_choice auto or none.", "tool_choice");
        }

        switch (command.Output?.Kind ?? OutputKind.Text)
        {
            case OutputKind.Text:
                break;
            case OutputKind.Grammar:
                request.Grammar = command.Output!.Grammar ?? "";
                break;
            default:
                throw Refused("JSON output cannot be enforced yet: give a grammar, or ask for text.", "response_format");
        }
    }

    private static JobFailedException Refused(string message, string parameter) =>
        new(new JobFailure { Code = FailureCode.CapabilityMissing, Message = message, Parameter = parameter });
}
