using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Tokens;

/// <summary>The text of token ids.</summary>
internal sealed class DetokenizeTextConsumer(RequestAnswers answers) : IConsumer<DetokenizeText>
{
    public Task Consume(ConsumeContext<DetokenizeText> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, async (lease, _) =>
        {
            var request = new DetokenizeRequest();
            request.Tokens.AddRange(context.Message.Tokens);
            var result = await lease.Client.DetokenizeAsync(request, context.CancellationToken);
            return new TextDetokenized { Text = result.Content };
        });
}
