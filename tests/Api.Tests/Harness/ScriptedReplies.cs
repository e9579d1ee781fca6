using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;
using MassTransit;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>What the scripted worker answers at once: its tokens are characters' codes.</summary>
internal static class ScriptedReplies
{
    public const int FirstUnknownToken = 1000;

    public static void AddTo(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.Handler<TokenizeText>(consume => consume.RespondAsync(new TextTokenized { Tokens = [.. consume.Message.Text.Select(character => (int)character)] }));
        endpoint.Handler<DetokenizeText>(consume => consume.Message.Tokens.Any(token => token >= FirstUnknownToken)
            ? consume.RespondAsync(Refused(consume.Message.JobId, FailureCode.RequestInvalid, "There is no such token."))
            : consume.RespondAsync(new TextDetokenized { Text = string.Concat(consume.Message.Tokens.Select(token => (char)token)) }));
    }

    private static JobRefused Refused(Guid job, FailureCode code, string message) => new() { JobId = job, Failure = new JobFailure { Code = code, Message = message } };
}
