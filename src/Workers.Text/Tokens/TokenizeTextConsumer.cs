using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
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
            request.Metadata["add_special"] = context.Message.AddSpecial ? "true" : "false";
            var result = await lease.Client.TokenizeStringAsync(request, context.CancellationToken);
            return new TextTokenized { Tokens = [.. result.Tokens] };
        });
}
