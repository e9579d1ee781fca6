using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting.Processes;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>A neutral command as the backend protocol's request, with the model's own defaults in the gaps.</summary>
internal static class PredictRequests
{
    public static async Task<PredictOptions> CreateAsync(GenerateText command, ModelDefinition model, BackendLease lease, CancellationToken cancellationToken)
    {
        await OwnFields.CheckAsync(command, model, lease, cancellationToken);
        var request = new PredictOptions
        {
            ModelIdentity = model.Model,
            CorrelationId = command.RequestId,
            Tokens = command.MaxTokens ?? model.Parameters.MaxTokens ?? 0,
            IgnoreEOS = command.IgnoreEndOfSequence || (model.Parameters.IgnoreEos ?? false),
            Logprobs = command.Logprobs ? 1 : 0,
            TopLogprobs = command.TopLogprobs,
            ReturnTokens = command.Detailed,
            PromptOnly = command.MaxTokens == 0,
            IgnorePromptCache = !command.CachePrompt,
            CacheOwner = command.Owner,
            MaxPredictMilliseconds = command.MaxGenerationMilliseconds ?? 0,
        };
        if (command.Lora is { } scales)
        {
            request.Lora = new LoraRequest { Scales = { scales.Select(adapter => new LoraScale { Id = adapter.Id, Scale = adapter.Scale }) } };
        }

        SamplingMapping.Fill(request, command.Sampling, model.Parameters);
        request.StopPrompts.AddRange((command.StopSequences ?? []).Concat(model.StopWords).Distinct(StringComparer.Ordinal));
        await PromptMapping.FillAsync(request, command, model, lease, cancellationToken);
        if (request.Messages.Count > 0 && (await BackendTraits.OfAsync(lease.Client, cancellationToken)).HoldsForm)
        {
            NativeForm.Fill(request, command);
        }

        request.LogitBias = await LogitBiasMapping.ToJsonAsync(command.LogitBias, model, lease, cancellationToken);
        return request;
    }
}
