using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Calls;
using LocalAI.Pipeline.Workers.Text.Generation;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Tokens;

/// <summary>The prompt that a generation would start from.</summary>
internal sealed class RenderPromptConsumer(RequestAnswers answers) : IConsumer<RenderPrompt>
{
    public Task Consume(ConsumeContext<RenderPrompt> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, async (lease, model) =>
        {
            var request = await PredictRequests.CreateAsync(context.Message.Generation, model, lease, context.CancellationToken);
            request.RenderOnly = true;
            var reply = await lease.Client.PredictAsync(request, context.CancellationToken);
            return new PromptRendered { Prompt = reply.Message.ToStringUtf8(), Tokens = reply.PromptTokens };
        });
}
