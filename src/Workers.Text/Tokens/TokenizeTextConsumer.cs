using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Tokens;

/// <summary>The token ids of a text.</summary>
internal sealed class TokenizeTextConsumer(RequestAnswers answers) : IConsumer<TokenizeText>
{
    public Task Consume(ConsumeContext<TokenizeText> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, async (lease, model) =>
        {
            var request = new PredictOptions { ModelIdentity = model.Model, Prompt = context.Message.Text };
            request.Metadata["add_special"] = Word(context.Message.AddSpecial);
            request.Metadata["parse_special"] = Word(context.Message.ParseSpecial);
            request.Metadata["with_pieces"] = Word(context.Message.WithPieces);
            var result = await lease.Client.TokenizeStringAsync(request, context.CancellationToken);
            return new TextTokenized { Tokens = [.. result.Tokens], Pieces = context.Message.WithPieces ? PiecesOf(result, model) : null };
        });

    private static List<byte[]> PiecesOf(TokenizationResponse result, ModelDefinition model) => result.Pieces.Count == result.Tokens.Count
        ? [.. result.Pieces.Select(piece => piece.ToByteArray())]
        : throw new JobFailedException(new JobFailure { Code = FailureCode.CapabilityMissing, Message = $"The backend '{model.Backend}' of model '{model.Name}' does not tell the pieces of tokens.", Parameter = "with_pieces" });

    private static string Word(bool value) => value ? "true" : "false";
}
