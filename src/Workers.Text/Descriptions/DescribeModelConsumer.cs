using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Calls;
using MassTransit;

namespace LocalAI.Pipeline.Workers.Text.Descriptions;

/// <summary>What a model, once loaded, tells of itself.</summary>
internal sealed class DescribeModelConsumer(RequestAnswers answers) : IConsumer<DescribeModel>
{
    public Task Consume(ConsumeContext<DescribeModel> context) =>
        answers.AnswerAsync(context, context.Message.JobId, context.Message.Model, (lease, _) => AskAsync(lease.Client, context.CancellationToken));

    private static async Task<ModelDescribed> AskAsync(BackendClient client, CancellationToken cancellationToken)
    {
        try
        {
            return Describe(await client.ModelMetadataAsync(new ModelOptions(), cancellationToken));
        }
        catch (BackendCallException exception) when (exception.Status == GrpcStatus.Unimplemented)
        {
            // Backends of LocalAI need not tell anything.
            return new ModelDescribed { ChatTemplate = "", ContextSize = 0 };
        }
    }

    private static ModelDescribed Describe(ModelMetadataResponse metadata) => new()
    {
        ChatTemplate = metadata.ChatTemplate,
        ContextSize = metadata.ContextSize,
        TrainingContextSize = metadata.TrainingContextSize,
        BosToken = metadata.BosToken,
        EosToken = metadata.EosToken,
        Architecture = metadata.Architecture,
        Quantization = metadata.Quantization,
        ParameterCount = metadata.ParameterCount,
        SizeBytes = metadata.SizeBytes,
        EmbeddingLength = metadata.EmbeddingLength,
        VocabularySize = metadata.VocabularySize,
        SupportsEmbeddings = metadata.SupportsEmbeddings,
        SupportsThinking = metadata.SupportsThinking,
        SupportsInfill = metadata.SupportsInfill,
    };
}
